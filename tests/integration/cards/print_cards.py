# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints cards to files and reads them back with what the program itself does not use: two other readers, another renderer.

Usage: print_cards.py MAKE_CARDS
"""
import glob
import os
import re
import subprocess
import sys
import tempfile
import zipfile

MAKE_CARDS = sys.argv[1]


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def make_cards(n_tables, path, *options):
    return run(MAKE_CARDS, str(n_tables), path, *options).split()


def read_with_zbar(path):
    return run("zbarimg", "--quiet", "--raw", path).split()


def read_with_zxing(path):
    return sorted(re.findall(r'QRCode "([^"]*)"', run("ZXingReader", "-1", path)))


def rasterize(pdf, folder, dpi):
    run("pdftoppm", "-r", str(dpi), "-gray", "-png", pdf, os.path.join(folder, f"page-{dpi}"))
    return sorted(glob.glob(os.path.join(folder, f"page-{dpi}-*.png")))


def both_read(pages, urls):
    for page, url in zip(pages, urls, strict=True):
        if read_with_zbar(page) != [url] or read_with_zxing(page) != [url]:
            print(f"# {page}: zbar {read_with_zbar(page)}, zxing {read_with_zxing(page)}, expected {url}")
            return False
    return True


def forty_tables_at_150_dpi(folder):
    pdf = os.path.join(folder, "cards.pdf")
    urls = make_cards(40, pdf)
    pages = rasterize(pdf, folder, 150)
    assert len(set(urls)) == 40 and len(pages) == 40
    assert both_read(pages, urls)


def odd_resolutions(folder):
    pdf = os.path.join(folder, "cards.pdf")
    urls = make_cards(2, pdf, "--base", "https://feedback.harbour.example")
    for dpi in (96, 110, 203, 300):
        assert both_read(rasterize(pdf, folder, dpi), urls), dpi


def pdf_is_vector_a6_with_its_fonts(folder):
    pdf = os.path.join(folder, "cards.pdf")
    make_cards(3, pdf, "--languages", "de,ar,en")
    assert re.search(r"Page size:\s+297\.6\d* x 419\.5\d* pts", run("pdfinfo", pdf))
    assert len(run("pdfimages", "-list", pdf).splitlines()) == 2, "a raster image in the PDF"
    fonts = [line.split() for line in run("pdffonts", pdf).splitlines()[2:]]
    assert fonts and all(font[-5] == "yes" for font in fonts), "a font is not embedded"
    words = run("pdftotext", "-layout", pdf, "-")
    assert "HARBOUR KITCHEN" in words and "Wie war Ihr Besuch?" in words and "192.168.178.120:8080/t/harbour/3" in words


def four_on_a4(folder):
    pdf = os.path.join(folder, "cards.pdf")
    urls = make_cards(6, pdf, "--a4")
    pages = rasterize(pdf, folder, 150)
    assert re.search(r"Page size:\s+595\.2\d* x 841\.8\d* pts", run("pdfinfo", pdf)) and len(pages) == 2
    assert sorted(read_with_zbar(pages[0])) == read_with_zxing(pages[0]) == urls[:4]
    assert sorted(read_with_zbar(pages[1])) == read_with_zxing(pages[1]) == urls[4:]


def printer_correction(folder):
    pdf = os.path.join(folder, "cards.pdf")
    urls = make_cards(2, pdf, "--offset", "1.5", "--scale", "97.3")
    assert both_read(rasterize(pdf, folder, 150), urls)


def svg_and_png(folder):
    urls = make_cards(2, os.path.join(folder, "cards.svg")) + make_cards(2, os.path.join(folder, "cards.png"))
    svgs = sorted(glob.glob(os.path.join(folder, "cards-harbour-*.svg")))
    pages = []
    for svg in svgs:
        with open(svg, encoding="utf-8") as file:
            assert "<image" not in file.read(), "a raster image in the SVG"
        pages.append(svg.replace(".svg", "-drawn.png"))
        run("rsvg-convert", "--background-color", "white", "--zoom", "1.5", "--output", pages[-1], svg)
    pages += sorted(png for png in glob.glob(os.path.join(folder, "cards-harbour-*.png")) if "drawn" not in png)
    assert len(svgs) == 2 and both_read(pages, urls)


def archive(folder):
    path = os.path.join(folder, "cards.zip")
    urls = make_cards(3, path)
    with zipfile.ZipFile(path) as members:
        assert members.testzip() is None
        assert sorted(members.namelist()) == sorted(
            ["cards.pdf"] + [f"harbour-{i}.{kind}" for i in (1, 2, 3) for kind in ("svg", "png")])
        members.extractall(folder)
    assert both_read([os.path.join(folder, f"harbour-{i}.png") for i in (1, 2, 3)], urls)


CASES = [forty_tables_at_150_dpi, odd_resolutions, pdf_is_vector_a6_with_its_fonts, four_on_a4, printer_correction, svg_and_png,
         archive]

print(f"1..{len(CASES)}")
failed = 0
for number, case in enumerate(CASES, 1):
    with tempfile.TemporaryDirectory() as temporary:
        try:
            case(temporary)
            print(f"ok {number} - {case.__name__}")
        except (AssertionError, subprocess.CalledProcessError, OSError) as error:
            failed += 1
            print(f"not ok {number} - {case.__name__}: {error!r}")
sys.exit(failed > 0)
