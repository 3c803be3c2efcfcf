"""Contrast (WCAG 2), difference of colours (CIEDE2000), and four sights (Machado et al. 2009, full severity)."""

from math import atan2, cbrt, cos, degrees, exp, hypot, radians, sin, sqrt

Vector = tuple[float, float, float]

SIGHTS: dict[str, tuple[Vector, Vector, Vector]] = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def linear(colour: str) -> Vector:
    """Linear light of #RRGGBB, each from 0 to 1."""
    red, green, blue = (_channel(int(colour[place : place + 2], 16) / 255) for place in (1, 3, 5))
    return red, green, blue


def _channel(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def contrast(front: str, back: str) -> float:
    """WCAG contrast ratio, from 1 to 21."""
    high, low = sorted((_luminance(linear(front)), _luminance(linear(back))), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(light: Vector) -> float:
    return 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2]


def difference(one: str, other: str, sight: str) -> float:
    """CIEDE2000 distance of two colours as a sight sees them."""
    return _ciede2000(_lab(_seen(one, sight)), _lab(_seen(other, sight)))


def _seen(colour: str, sight: str) -> Vector:
    light = linear(colour)
    red, green, blue = (sum(a * b for a, b in zip(row, light, strict=True)) for row in SIGHTS[sight])
    return min(max(red, 0), 1), min(max(green, 0), 1), min(max(blue, 0), 1)


def _lab(light: Vector) -> Vector:
    red, green, blue = light
    x = (0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047
    y = 0.2126729 * red + 0.7151522 * green + 0.0721750 * blue
    z = (0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883
    fx, fy, fz = (_root(value) for value in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def _root(value: float) -> float:
    return cbrt(value) if value > 216 / 24389 else (24389 / 27 * value + 16) / 116


def _ciede2000(one: Vector, other: Vector) -> float:
    mean = (hypot(one[1], one[2]) + hypot(other[1], other[2])) / 2
    grow = 1 + 0.5 * (1 - (mean**7 / (mean**7 + 25**7)) ** 0.5)
    c1, c2 = hypot(one[1] * grow, one[2]), hypot(other[1] * grow, other[2])
    h1, h2 = _hue(one[1] * grow, one[2]), _hue(other[1] * grow, other[2])
    turn = _turn(h1, h2) if c1 * c2 else 0.0
    hue = (h1 + turn / 2) % 360 if c1 * c2 else h1 + h2
    lightness, chroma = (one[0] + other[0]) / 2, (c1 + c2) / 2
    weight = _hue_weight(hue)
    sl = 1 + 0.015 * (lightness - 50) ** 2 / (20 + (lightness - 50) ** 2) ** 0.5
    dl = (other[0] - one[0]) / sl
    dc = (c2 - c1) / (1 + 0.045 * chroma)
    dh = 2 * (c1 * c2) ** 0.5 * sin(radians(turn / 2)) / (1 + 0.015 * chroma * weight)
    return sqrt(max(dl**2 + dc**2 + dh**2 + _rotation(hue, chroma) * dc * dh, 0))


def _hue(a: float, b: float) -> float:
    return degrees(atan2(b, a)) % 360


def _turn(one: float, other: float) -> float:
    return (other - one + 180) % 360 - 180


def _hue_weight(hue: float) -> float:
    parts = ((0.17, 1, -30), (-0.24, 2, 0), (-0.32, 3, 6), (0.20, 4, -63))
    return 1 - sum(size * cos(radians(times * hue + shift)) for size, times, shift in parts)


def _rotation(hue: float, chroma: float) -> float:
    size = 2 * sqrt(chroma**7 / (chroma**7 + 25**7))
    return -size * sin(radians(60 * exp(-(((hue - 275) / 25) ** 2))))
