"""Words of addresses: what a page's key is called in its address, in Vietnamese without accents."""

from django.urls.converters import StringConverter


class Word(StringConverter):
    """A key under the word for it; a key without a word stands as it is, and the key of a word is no address."""

    words: dict[str, str] = {}

    def to_python(self, value: str) -> str:
        if value in self.words:
            raise ValueError
        return {word: key for key, word in self.words.items()}.get(value, value)

    def to_url(self, value: str) -> str:
        return self.words.get(str(value), str(value))


class DutyWord(Word):
    words = {"standing_office": "co-quan-thuong-truc", "committee": "ban-vstbpn", "ministry": "bo"}


class TextWord(Word):
    words = {"opening": "mo-dau"}
