"""Reads statements as they were sent: which tables they read together, and by which columns."""

import re

import sqlglot
from sqlglot import exp

PLACEHOLDER = re.compile(r"%\((\w+)\)s")
QUERIES = (exp.Select, exp.Update, exp.Delete)


class Statement:
    """A statement with its parameters, by name."""

    def __init__(self, sql, parameters, spread, local=()):
        self.spread, self.local, self.parameters = {*spread}, {*local}, parameters
        plain = PLACEHOLDER.sub(r":\1", sql).replace("%%", "%")
        self.tree = sqlglot.parse_one(plain, read="postgres")
        self.tables = {table.name for table in self.tree.find_all(exp.Table)}
        self.common = {one.alias: one for one in self.tree.find_all(exp.CTE)}

    def faults(self):
        """What a distributed PostgreSQL would refuse, or would do slowly."""
        if self.tables & self.spread and self.tables & self.local:
            yield f"reads {self.tables & self.local} together with {self.tables & self.spread}"
        for query in self.tree.find_all(*QUERIES):
            spread = sorted(self._spread_in(query))
            if len({self._class_of(f"{name}.wave_id", query) for name in spread}) > 1:
                yield f"joins {', '.join(spread)} without their wave"
        for conflict in self.tree.find_all(exp.OnConflict):
            into = conflict.parent.find(exp.Table).name
            keys = [one.name for one in conflict.args.get("conflict_keys") or ()]
            if into in self.spread and keys and "wave_id" not in keys:
                yield f"finds doubles in {into} across waves"

    def asks_every_machine(self):
        """Whether in some table that is spread it looks for rows of any wave."""
        return any(
            not str(self._class_of(f"{name}.wave_id", query)).startswith("=")
            for query in self.tree.find_all(*QUERIES)
            for name in self._spread_in(query)
            if self._sources(query).get(name, query).name in self.spread
        )

    def _sources(self, query):
        """The tables that this very query reads, by the names that it gives them."""
        found = [
            one for one in query.find_all(exp.Table, exp.Subquery) if self._owner(one) is query
        ]
        return {one.alias_or_name: one for one in found if one.alias_or_name}

    def _spread_in(self, query):
        """The names of those of them that are spread, and of those around it that it reads."""
        mine, around = self._sources(query), {}
        above = query
        while (above := self._owner(above)) is not None:
            around = self._sources(above) | around
        said = {one.table for one in query.find_all(exp.Column) if one.table}
        read = mine | {name: one for name, one in around.items() if name in said - {*mine}}
        return {name for name, one in read.items() if self._is_spread(one)}

    def _is_spread(self, source):
        inside = self.common.get(source.name, source)
        return any(one.name in self.spread for one in inside.find_all(exp.Table))

    def _owner(self, node):
        """The query in which something stands."""
        return node.find_ancestor(*QUERIES)

    def _class_of(self, name, query):
        """What a column must equal in this query: “=” and a value where there is one, else the
        first of the columns."""
        equal = self._equalities(query)
        known, more = {name}, {name}
        while more:
            more = {one for pair in equal if pair & known for one in pair} - known
            known |= more
        return min(known)

    def _equalities(self, query):
        found = []
        while query is not None:
            found += (
                {self._said(one.left, query), self._said(one.right, query)}
                for one in query.find_all(exp.EQ)
                if self._owner(one) is query and self._must_hold(one, query)
            )
            query = self._owner(query)
        return found

    def _must_hold(self, condition, query):
        above = condition.parent
        while above is not query:
            if isinstance(above, exp.Or | exp.Not | exp.Case | exp.Set):
                return False
            above = above.parent
        return condition.arg_key != "expressions"  # what an UPDATE sets

    def _said(self, side, query):
        side = side.unnest()
        while isinstance(side, exp.Cast):
            side = side.this
        if isinstance(side, exp.Column):
            table = side.table or next(iter(self._sources(query)), "")
            return f"{table}.{side.name}"
        if isinstance(side, exp.Placeholder):
            return f"={self.parameters.get(side.name)!r}"
        return f"={side.sql()}" if isinstance(side, exp.Literal) else f"?{side.sql()}"
