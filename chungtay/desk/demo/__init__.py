"""The demo province: invented people in real places, made through the same actions that the pages call.

`builder.build` makes it, day by day as `diary` tells. `names` and `people` say who lives there, `bodies` which offices
there are, `stories` what people did, `cases` which dossiers exist and how far each one came; `wishes`, `dossiers`,
`turns`, `meetings` and `signing` what happened on which day.
"""
