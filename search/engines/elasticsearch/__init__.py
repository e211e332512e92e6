"""Search on an Elasticsearch server: the same tokens, weights and second stage as the embedded engine."""

from search.engines.elasticsearch.connection import Address, Guard
from search.engines.elasticsearch.engine import ElasticsearchEngine
from search.engines.elasticsearch.indices import Shape

__all__ = ["Address", "ElasticsearchEngine", "Guard", "Shape"]
