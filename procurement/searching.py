"""One spelling for search: width, case, kana and spaces do not matter."""

import unicodedata

import jaconv


def searchable(*texts):
    """ "ﾋﾞｼﾞﾈｽ チャット", "BIZ" → "びじねすちゃっと biz"; the same for what is stored and what is asked."""
    plain = (unicodedata.normalize("NFKC", text).casefold() for text in texts if text)
    return " ".join("".join(jaconv.kata2hira(text).split()) for text in plain)
