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

from PIL import Image

MAKE_CARDS = sys.argv[1]


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def make_cards(n_tables, path, *options):
    return run(MAKE_CARDS, str(n_tables), path, *options).split()


def read_with_zbar(path):
    return run("zbarimg", "--nodbus", "--quiet", "--raw", path).split()


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


def measure_code(page, dpi):
    """The edge of a page's one code in mm, and the modules of white around it, measured on the picture."""
    report = run("ZXingReader", page)
    corners = [tuple(map(int, corner.split("x"))) for corner in re.search(r"Position: +(.*)", report).group(1).split()]
    modules = 17 + 4 * int(re.search(r"Version: +(\d+)", report).group(1))
    (left, top), (right, bottom) = corners[0], corners[2]
    with Image.open(page) as picture:
        light = picture.convert("L").point(lambda value: 255 if value > 200 else 0)
    width = 0
    while left > width and top > width and right + width < light.width and bottom + width < light.height:
        ring = light.crop((left - width - 1, top - width - 1, right + width + 1, bottom + width + 1))
        ring.paste(255, (1 + width, 1 + width, ring.width - 1 - width, ring.height - 1 - width))
        if ring.getextrema()[0] == 0:
            break
        width += 1
    return (right - left) / dpi * 25.4, width / ((right - left) / modules)


def forty_tables_at_150_dpi(folder):
    pdf = os.path.join(folder, "cards.pdf")
    urls = make_cards(40, pdf)
    pages = rasterize(pdf, folder, 150)
    assert len(set(urls)) == 40 and len(pages) == 40
    assert both_read(pages, urls)
    for page in pages:
        edge, quiet = measure_code(page, 150)
        assert edge >= 25 and quiet >= 4, f"{page}: {edge:.1f} mm wide, {quiet:.1f} modules of white"


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
