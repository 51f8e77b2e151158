"""`dataclass` as in the standard library, but for when its methods are made: with the first object, not with the class.

A command imports a hundred dataclasses and makes objects of a few. Compiling the methods of all took a third of the time
in which a command starts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:
    from dataclasses import dataclass as _made

    def dataclass(cls=None, /, **options):
        """A class whose fields and methods are made when its first object is, or when somebody asks for its fields."""

        def decorated(cls):
            cls.__dataclass_fields__ = _Later(cls, options)
            cls.__init__ = _first_object
            return cls

        return decorated if cls is None else decorated(cls)

    class _Later:
        """Stands in a class for its fields until they are asked for."""

        def __init__(self, cls, options):
            self.cls, self.options = cls, options

        def __get__(self, _instance, owner):
            del self.cls.__dataclass_fields__, self.cls.__init__
            _made(self.cls, **self.options)
            return owner.__dataclass_fields__

    def _first_object(self, *args, **kwargs):
        type(self).__dataclass_fields__  # noqa: B018 (being asked, it is made)
        self.__init__(*args, **kwargs)
