"""The demo province: invented people in real places, made through the same actions that the pages call.

`builder.build` makes it; `names` and `people` invent who lives there, `bodies` says which offices there are, `stories`
what people did, `cases` which dossiers exist and how far each one came, `turns` what happened out of the ordinary.
"""
