"""Where finished files lead outside of themselves."""

import io

import pikepdf

from briefgen.readback.links import html_links, pdf_links


def test_all_that_html_refers_to_is_read() -> None:
    html = (
        "<style>@import 'https://a.example/x.css'; p { background: url(https://a.example/b.png) }"
        " q { fill: url(#c) }</style>"
        '<p id="here" style="background: url(&quot;https://a.example/d.png&quot;)">'
        '<a href="#here">1</a><a href="#gone">2</a><a href=" https://a.example/e ">3</a></p>'
        '<img src="data:image/png;base64,AA" srcset="https://a.example/f.png 2x">'
        '<form action="https://a.example/g"></form><data value="1">1</data>'
    )
    assert html_links(html.encode()) == (
        "https://a.example/x.css",
        "https://a.example/b.png",
        "https://a.example/d.png",
        "#gone",
        "https://a.example/e",
        "https://a.example/f.png 2x",
        "https://a.example/g",
    )


def test_all_that_a_pdf_leads_to_is_read() -> None:
    document = pikepdf.new()
    page = document.add_blank_page()
    actions = [
        {"/S": pikepdf.Name.URI, "/URI": pikepdf.String("https://a.example/x")},
        {"/S": pikepdf.Name.JavaScript, "/JS": pikepdf.String("1")},
        {"/S": pikepdf.Name.GoTo, "/D": pikepdf.String("here")},
    ]
    page.obj.Annots = pikepdf.Array(
        [pikepdf.Dictionary(Type=pikepdf.Name.Annot, A=pikepdf.Dictionary(a)) for a in actions]
    )
    document.Root.OpenAction = pikepdf.Dictionary({"/S": pikepdf.Name.Launch})
    out = io.BytesIO()
    document.save(out)
    assert pdf_links(out.getvalue()) == ("https://a.example/x", "/JavaScript", "/Launch")
