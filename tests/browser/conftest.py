"""A headless Chromium, and a preview open in it."""

import shutil

import pytest
from previewed import serving, write_model
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    "--window-size=1440,1000",
)


@pytest.fixture(scope="session")
def browser(tmp_path_factory):
    """Chromium with a new profile."""
    options = webdriver.ChromeOptions()
    options.binary_location = command("chromium")
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    driver = webdriver.Chrome(options=options, service=Service(command("chromedriver")))
    yield driver
    driver.quit()


def command(name):
    """Where a command is."""
    found = shutil.which(name)
    assert found, f"make test-browser needs {name}: see scripts/install-browser.sh"
    return found


@pytest.fixture
def server(tmp_path):
    """The preview of the item model ``maps/area``."""
    write_model(tmp_path)
    with serving(tmp_path) as running:
        yield running


@pytest.fixture
def page(browser, server):
    """Its page of the item of rank 3; pages may log no error while they are served."""
    browser.get("about:blank")
    browser.get_log("browser")  # an earlier page may miss its server
    browser.get(f"{server.address}?rank=3")
    yield browser
    severe = [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"]
    browser.get("about:blank")
    assert not severe
