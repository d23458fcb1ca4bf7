"""A browser in plain words. Pure."""

BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
TOESTELLEN = (
    ("iPhone", "een iPhone"),
    ("iPad", "een iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "een Mac"),
    ("Linux", "Linux"),
)


def apparaatnaam(user_agent: str) -> str:
    """Such as "Edge op Windows", from the header User-Agent; the first name that fits is the most precise one."""
    browser = next((naam for teken, naam in BROWSERS if f"{teken}/" in user_agent or f"{teken}A/" in user_agent), "")
    toestel = next((naam for teken, naam in TOESTELLEN if teken in user_agent), "")
    return f"{browser or 'Een browser'} op {toestel or 'een onbekend apparaat'}"
