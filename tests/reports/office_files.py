"""Office files read back, as the programs that open them would."""

import io
import zipfile

from survey.questionnaire.speaking import speaking
from survey.reports.contents import Brand

BRAND = Brand("Anytown")


def made(module, told, brand=BRAND, language="en"):
    """The file that a module makes."""
    with speaking(language):
        return module.make(told, brand, lambda done, of: None)


def texts(file):
    """All text of all parts of a file, also of the sheets within it, by the part's name."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(file)) as parts:
        for name in parts.namelist():
            content = parts.read(name)
            if name.endswith(".xlsx"):
                inner = texts(content).items()
                found |= {f"{name}/{one}": said for one, said in inner}
            elif name.endswith((".xml", ".rels")):
                found[name] = content.decode()
    return found


def logo():
    """A picture that is a PNG."""
    from PIL import Image

    file = io.BytesIO()
    Image.new("RGB", (60, 20), "#123f5c").save(file, "PNG")
    return file.getvalue()
