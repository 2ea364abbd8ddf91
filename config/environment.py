"""Every setting the operator can turn, read from the environment or from `.env`, checked before anything starts.

`.env.example` lists the same names; a test holds the two together.
"""

import os
import re
from datetime import date
from enum import StrEnum
from pathlib import Path

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent


class Mode(StrEnum):
    """How the system is run: a demo province on one machine, the tests, or a province's real work."""

    DEMO = "demo"
    TEST = "test"
    PRODUCTION = "production"


DEMO_SECRET = "demo-only-secret-key-of-the-demo-province-do-not-use-in-production"  # noqa: S105


def env_file() -> Path | None:
    """The operator's `.env`; the tests read none, so that they pass or fail alike on every machine."""
    return None if os.environ.get("CHUNGTAY_MODE") == Mode.TEST else ROOT / ".env"


DEMO_DAY = date(2020, 10, 20)


class Environment(BaseSettings):
    """The operator's settings. Raises `ValidationError` naming every wrong one at once."""

    model_config = SettingsConfigDict(env_prefix="CHUNGTAY_", env_file=env_file(), extra="ignore")

    mode: Mode = Field(Mode.DEMO, description="demo, test or production")
    secret_key: SecretStr = Field(SecretStr(DEMO_SECRET), description="at least 50 random characters in production")
    database_url: str = Field("", validation_alias="DATABASE_URL", description="empty: embedded SQLite in DATA_DIR")
    data_dir: Path = Field(ROOT / "var", description="database, uploaded files, issued papers, signing key")
    hosts: list[str] = Field(["localhost", "127.0.0.1", "[::1]"], description='JSON list: ["thidua.example.vn"]')
    public_address: str = Field("http://127.0.0.1:8000", description="printed in QR codes; https in production")
    https: bool = Field(False, description="secure cookies, HSTS and a redirect to https")
    require_mfa: bool = Field(False, description="officials must set up a second factor before they work")
    mail_url: str = Field("", description="smtp://user:password@host:587; empty: mail is written to DATA_DIR/mail")
    signing_key: SecretStr = Field(
        SecretStr(""), description="Ed25519 private key, 64 hex digits; empty: one in DATA_DIR"
    )
    witness_dir: str = Field("", description="second home of the journal's checkpoints, beyond the administrator")
    working_day: date | None = Field(
        None, description="demo only: the day it works on (default 2020-10-20); production has the real day"
    )
    runtime_role: str = Field(
        "",
        pattern=r"^([a-z_][a-z0-9_]{0,62})?$",
        description="PostgreSQL: the role of DATABASE_URL, which owns no table; empty: no second wall around the rows",
    )
    log_level: str = Field("INFO", description="DEBUG, INFO, WARNING or ERROR")

    @model_validator(mode="after")
    def _production_is_safe(self) -> "Environment":
        """Refuse nonsense in production, all of it in one message (design D13)."""
        if self.mode is Mode.DEMO and self.working_day is None:
            self.working_day = DEMO_DAY
        faults = []
        if self.runtime_role and not self.database_url.startswith(("postgres://", "postgresql://")):
            faults.append("CHUNGTAY_RUNTIME_ROLE is a role of PostgreSQL, and DATABASE_URL names none")
        if self.mode is Mode.PRODUCTION:
            faults += self._unsafe()
        if faults:
            raise ValueError("; ".join(faults))
        return self

    def _unsafe(self) -> list[str]:
        """What must not be so in production."""
        faults = []
        secret = self.secret_key.get_secret_value()
        if secret == DEMO_SECRET or len(secret) < 50:
            faults.append("CHUNGTAY_SECRET_KEY must be set to at least 50 random characters")
        if not self.hosts or "*" in self.hosts or set(self.hosts) <= {"localhost", "127.0.0.1", "[::1]"}:
            faults.append("CHUNGTAY_HOSTS must name the real host, and not '*'")
        if not self.https:
            faults.append("CHUNGTAY_HTTPS must be true")
        if not self.public_address.startswith("https://"):
            faults.append("CHUNGTAY_PUBLIC_ADDRESS must start with https://, it is printed on certificates")
        if not re.fullmatch(r"[0-9a-fA-F]{64}", self.signing_key.get_secret_value()):
            faults.append("CHUNGTAY_SIGNING_KEY must be 64 hex digits (make one: manage.py new_signing_key)")
        if self.working_day is not None:
            faults.append("CHUNGTAY_WORKING_DAY is for the demo: a province works on the real day")
        if not self.require_mfa:
            faults.append("CHUNGTAY_REQUIRE_MFA must be true for officials")
        return faults
