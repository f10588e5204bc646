# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""How a page looks: light or dark as the reader has it, on a phone, and on paper."""

from __future__ import annotations

from typing import Final

PAGE_STYLE: Final = """\
:root{color-scheme:light dark;--ink:#1c1c21;--paper:#fff;--soft:#55555f;--line:#c4c4cc;--bar:#2f6690;--link:#0b57a4}
@media (prefers-color-scheme:dark){
:root{--ink:#ececf1;--paper:#17171b;--soft:#b6b6c2;--line:#4a4a55;--bar:#86b6dc;--link:#9cc7ff}
}
*{box-sizing:border-box}
body{margin:0 auto;max-width:64rem;padding:1.5rem 1.25rem 3rem;background:var(--paper);color:var(--ink);\
font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;overflow-wrap:break-word}
h1{font-size:1.6rem;line-height:1.25;margin:0 0 .25rem}
header{margin-bottom:1.25rem}
h2{font-size:1.2rem;line-height:1.3;margin:2rem 0 .6rem}
a{color:var(--link)}
:focus-visible{outline:2px solid var(--link);outline-offset:2px}
header dl{display:flex;flex-wrap:wrap;gap:.15rem 1.5rem;margin:0}
header dl div{display:flex;gap:.4rem}
dt{color:var(--soft)}
dd{margin:0}
footer{margin-top:2rem;padding-top:.5rem;border-top:1px solid var(--line);color:var(--soft);font-size:.8rem}
footer p{margin:.2rem 0}
footer code{overflow-wrap:anywhere}
main>p::first-letter{text-transform:uppercase}
main>table.gradecalc{width:100%}
main>table.gradecalc thead th:first-child{min-width:12em}
table.gradecalc caption.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
@media (max-width:36em){body{padding:1rem .75rem 2rem}h1{font-size:1.35rem}}
@page{margin:18mm 16mm;@bottom-right{content:counter(page) " / " counter(pages);font:8pt sans-serif}}
@media print{
:root{color-scheme:light;--ink:#000;--paper:#fff;--soft:#333;--line:#888;--bar:#555;--link:#000}
body{max-width:none;padding:0;font-size:10pt}
a{text-decoration:none}
h1,h2,caption,summary{break-after:avoid}
}
"""
"""What every page has."""

CLASS_STYLE: Final = """\
.overview{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,19rem),1fr));gap:1rem 2.5rem}
.overview>div{min-width:0}
figure{margin:0 0 1rem}
figcaption{font-weight:600;margin-bottom:.4rem}
svg{display:block;width:100%;max-width:30rem;height:auto;fill:var(--ink);font:13px system-ui,sans-serif}
svg .bar{fill:var(--bar)}
svg .axis{stroke:var(--ink);stroke-width:1}
fieldset{border:1px solid var(--line);border-radius:.4rem;margin:0 0 1rem;padding:.25rem .75rem .5rem;\
display:flex;flex-wrap:wrap;gap:.1rem 1.25rem}
fieldset label{display:inline-flex;align-items:center;gap:.4rem;min-height:1.75rem}
fieldset input{accent-color:var(--link);width:1.1rem;height:1.1rem;margin:0}
.learners table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
.learners caption{text-align:start;font-weight:600;padding-bottom:.3rem}
.learners :is(th,td){padding:.25rem .75rem .25rem 0;text-align:start;vertical-align:top;font-weight:400;\
border-bottom:1px solid var(--line)}
.learners thead th{font-weight:600;border-bottom-width:2px;vertical-align:bottom;overflow-wrap:normal}
.learners .v{text-align:end;white-space:nowrap}
details.learner{border-bottom:1px solid var(--line)}
details.learner>summary{cursor:pointer;padding:.4rem 0;display:flex;gap:.25rem 1rem;flex-wrap:wrap}
details.learner>summary::before{content:"▸"/"";flex:none}
details.learner[open]>summary::before{content:"▾"/""}
details.learner>summary>:first-child{flex:1;overflow-wrap:anywhere}
details.learner>div{padding:.25rem 0 1.25rem}
details.learner table.gradecalc{width:100%}
@media (max-width:36em){
.learners :is(table,tbody,caption){display:block}
.learners thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.learners tr{display:grid;grid-template-columns:1fr auto minmax(1.5rem,auto);padding:.2rem 0;\
border-bottom:1px solid var(--line)}
.learners tbody :is(th,td){border:0;padding:.1rem 0;grid-column:1/-1;overflow-wrap:anywhere}
.learners tbody :is(th,.v,.y){grid-row:1;padding-inline-end:.6rem}
.learners tbody th{grid-column:1}
.learners tbody .v{grid-column:2}
.learners tbody .y{grid-column:3}
.learners td.m{color:var(--soft);font-size:.9rem}
.learners td.m:not(:empty)::before{content:attr(data-h) ": "/""}
.learners td.m:empty{display:none}
}
@media print{
fieldset,details.learner:not([open]),section:has(#reports):not(:has(details[open])){display:none}
.learners thead{display:table-header-group}
.learners tr,figure{break-inside:avoid}
}
"""
"""What a page of a class has beside that."""


def shown_order(count: int) -> str:
    """Return the style by which, of so many tables, only that of the chosen order is there (HP8).

    >>> print(shown_order(2))
    .learners:has(#by0:checked) .order:not(#order0){display:none}
    .learners:has(#by1:checked) .order:not(#order1){display:none}
    """
    return "\n".join(f".learners:has(#by{nth}:checked) .order:not(#order{nth}){{display:none}}" for nth in range(count))
