"""The SPARQL service and its web pages over a built graph (the extra `kg-news[serve]`).

`kg.serve.app.create_app` makes the ASGI application, `kg.serve.app.serve` runs it. Nothing is imported here, so that the
worker processes, which need the store alone, start fast.
"""
