"""Texts of other tools without their markup."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.exchange.plain_text import plain_text


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
        ("One<br>two<br/>three", "One\ntwo\nthree"),
        ("<ul><li>a</li><li>b</li></ul>after", "- a\n- b\n\nafter"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a b"),
        ('<a href="https://example.org">Here</a>.', "Here (https://example.org)."),
        ('<a href="https://example.org">https://example.org</a>', "https://example.org"),
        ('<a href="javascript:alert(1)">Here</a>', "Here"),
        ("<script>alert(1)</script><style>a{}</style><b>Hi</b>", "Hi"),
        ("<img src=x onerror=alert(1)>Hi", "Hi"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("fewer than <5", "fewer than <5"),
        ("Fish &amp; chips&nbsp;&#8217;n&rsquo;", "Fish & chips ’n’"),
        ("R&D and Q&copy", "R&D and Q&copy"),
        ("&lt;b&gt; is bold", "<b> is bold"),
        ("a\x00b\ud800c", "abc"),
        ("a  \r\n\r\n\r\n\r\nb", "a\n\nb"),
        ("**Markdown** stays, _as_ it is", "**Markdown** stays, _as_ it is"),
    ],
)
def test_what_is_said_stays(text, plain):
    assert plain_text(text) == plain


@settings(deadline=None, max_examples=80)
@given(st.lists(st.sampled_from(["<", ">", "script", "b", " ", "&lt;", '"', "='", "/", "x"])))
def test_no_script_is_left_however_it_is_written(pieces):
    text = plain_text("<b>" + "".join(pieces))
    assert "\n\n\n" not in text
    assert text == text.strip()
