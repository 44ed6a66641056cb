"""The gallery as an instructor sees and uses it: a file without a server."""

import pytest
from galleries import TITLE, gallery_of, write_bank
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select, WebDriverWait

ALL = ["maps/wide", "maps/area", "words/broken", "words/why"]


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """The page of an author's four item models, one of them broken."""
    folder = tmp_path_factory.mktemp("shelf")
    out = tmp_path_factory.mktemp("out") / "gallery.html"
    gallery_of(write_bank(folder), out)
    return out.as_uri()


@pytest.fixture
def page(browser, address):
    """It, newly opened; it may ask for nothing and log no error."""
    browser.get("about:blank")
    browser.get_log("browser")
    browser.get(address)
    yield browser
    severe = [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"]
    asked = browser.execute_script("return performance.getEntriesByType('resource').length")
    browser.get("about:blank")
    assert not severe
    assert asked == 0


def hits(page):
    """The cards that are seen, and the count that is told."""
    cards = page.find_elements(By.CSS_SELECTOR, "article.card")
    names = [card.get_attribute("id") for card in cards if card.is_displayed()]
    told = page.find_element(By.NAME, "hits").text
    assert told == f"{len(names)} of {len(cards)}"
    return names


def card(page, name):
    return page.find_element(By.CSS_SELECTOR, f'article[id="{name}"]')


def choose(page, name, value):
    Select(page.find_element(By.NAME, name)).select_by_value(value)


def reset(page):
    page.find_element(By.CSS_SELECTOR, "button[type=reset]").click()
    WebDriverWait(page, 5).until(lambda _: hits(page) == ALL)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("border", ["maps/area"]),  # a title; and what it serves
        ("MAPS/", ["maps/wide", "maps/area"]),
        ("square area", ["maps/area"]),
        ("essay", ["words/why"]),
        ("quotes", ["maps/wide"]),
        ("perimeter", []),  # of a key
    ],
)
def test_a_search_by_words(page, words, found):
    assert hits(page) == ALL
    page.find_element(By.NAME, "words").send_keys(words)
    assert hits(page) == found
    none = page.find_element(By.CSS_SELECTOR, ".none")
    assert none.is_displayed() == (not found)
    topics = page.find_elements(By.CSS_SELECTOR, ".topic, nav li")
    assert sum(topic.is_displayed() for topic in topics) == 2 * len(found)  # each of another topic
    reset(page)


def test_filters_by_topic_syllabus_kind_and_human(page):
    choose(page, "topic", "words")
    assert hits(page) == ["words/broken", "words/why"]
    choose(page, "kinds", "essay")
    assert hits(page) == ["words/why"]
    page.find_element(By.NAME, "machine").click()
    assert hits(page) == []
    reset(page)
    page.find_element(By.NAME, "machine").click()
    assert hits(page) == ["maps/wide", "maps/area"]
    choose(page, "serves", "2b")
    assert hits(page) == ["maps/area"]
    reset(page)
    choose(page, "kinds", "whole number")
    assert hits(page) == ["maps/area", "words/why"]


def test_the_key_comes_on_demand(page):
    area = card(page, "maps/area")
    behind = area.find_element(By.CSS_SELECTOR, ".answers")
    assert not behind.is_displayed()
    area.find_element(By.TAG_NAME, "summary").click()
    assert behind.is_displayed()
    assert "perimeter" in behind.text and "Worked solution" in behind.text
    others = page.find_elements(By.CSS_SELECTOR, ".answers")
    assert sum(one.is_displayed() for one in others) == 1


def test_a_link_leads_to_a_card_also_where_the_search_has_hidden_it(page, address):
    page.find_element(By.NAME, "words").send_keys("border")
    page.execute_script("location.hash = '#words/why'")
    WebDriverWait(page, 5).until(lambda _: hits(page) == ALL)
    place = "return document.getElementById('words/why').getBoundingClientRect().top"
    height = page.execute_script("return innerHeight")
    assert 0 <= page.execute_script(place) < height
    link = card(page, "maps/area").find_element(By.CSS_SELECTOR, "h3 a")
    link.click()
    assert page.current_url == f"{address}#maps/area"


def test_what_is_collected_makes_a_blueprint(page):
    collection = page.find_element(By.CSS_SELECTOR, ".collection")
    assert not collection.is_displayed()
    for name in ("words/why", "maps/area"):
        card(page, name).find_element(By.CSS_SELECTOR, "input").click()
    text = collection.find_element(By.TAG_NAME, "textarea").get_property("value")
    assert text == '[[question]]\nitem = "maps/area"\n\n[[question]]\nitem = "words/why"\n'
    assert not card(page, "words/broken").find_elements(By.CSS_SELECTOR, "input")
    collection.find_element(By.CSS_SELECTOR, ".clear").click()
    assert not collection.is_displayed()


def test_a_title_runs_nothing(page):
    assert card(page, "maps/wide").find_element(By.TAG_NAME, "h3").text == TITLE


def test_the_keyboard_alone(page):
    page.find_element(By.TAG_NAME, "body").send_keys("/")
    assert page.switch_to.active_element.get_attribute("name") == "words"
    page.switch_to.active_element.send_keys("border")
    card(page, "maps/area").find_element(By.CSS_SELECTOR, "h3 a").send_keys(Keys.TAB)
    assert page.switch_to.active_element.get_attribute("aria-label") == "Copy the name maps/area"
    page.switch_to.active_element.send_keys(Keys.TAB)
    page.switch_to.active_element.send_keys(Keys.SPACE, Keys.TAB)
    assert page.find_element(By.CSS_SELECTOR, ".collection").is_displayed()
    page.switch_to.active_element.send_keys(Keys.ENTER)
    assert card(page, "maps/area").find_element(By.CSS_SELECTOR, ".answers").is_displayed()


def test_without_a_script_it_is_a_plain_page(page, address):
    page.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        page.get("about:blank")
        page.get(address)
        assert all(card(page, name).is_displayed() for name in ALL)
        assert not page.find_element(By.CSS_SELECTOR, ".search").is_displayed()
        assert page.find_element(By.LINK_TEXT, "words").is_displayed()
        area = card(page, "maps/area")
        area.find_element(By.TAG_NAME, "summary").click()
        assert area.find_element(By.CSS_SELECTOR, ".answers").is_displayed()
    finally:
        page.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


@pytest.mark.parametrize("width", [1440, 1000, 390])
def test_nothing_lies_beside_the_window(page, width):
    metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    try:
        for summary in page.find_elements(By.TAG_NAME, "summary"):
            summary.click()
        script = "return [document.documentElement.scrollWidth, window.innerWidth]"
        content, window = page.execute_script(script)
        assert content <= window == width
    finally:
        page.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_paper_gets_what_is_open(page):
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        assert not page.find_element(By.TAG_NAME, "aside").is_displayed()
        assert card(page, "maps/area").is_displayed()
        assert not any(one.is_displayed() for one in page.find_elements(By.TAG_NAME, "summary"))
    finally:
        page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
