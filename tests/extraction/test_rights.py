"""The holder of a copyright notice is a name, without the notice's years and phrases."""

import pytest

from crawler.extraction.rights import holder_in


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("© 2026 River Media", "River Media"),
        ("Copyright (c) River Media 2024", "River Media"),
        ("Copyright @ 2026 River Media. All Rights Reserved", "River Media"),
        ("©2020-2025 River Media, all rights reserved.", "River Media"),
        ("(c) 1999–2024 by River Media | Terms of use", "River Media"),
        ("River Media, all rights reserved", "River Media"),
        ("River Media", "River Media"),
        ("2024 River Media AG, Schweiz", "River Media AG, Schweiz"),
        ("© dpa-infocom, dpa:260303-99-123456/3", "dpa-infocom"),
        ("© 河边传媒版权所有", "河边传媒"),
        ("© RIPRODUZIONE RISERVATA", None),
        ("© 2024", None),
        ("All rights reserved", None),
        ("© جميع الحقوق محفوظة", None),
        ("", None),
    ],
)
def test_the_holder(text: str, holder: str | None) -> None:
    assert holder_in(text) == holder
