"""A class in real browsers: a teacher, a wall and three students, a whole round, each on a device of their own."""

import re

import pytest

TOKEN = "a-token-for-tests"
PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def school(serve, tmp_path_factory):
    store = tmp_path_factory.mktemp("class") / "class.sqlite"
    return serve("--classroom", "--store", str(store), "--token", TOKEN)


@pytest.fixture
def at(visit, school):
    def go(path, **settings):
        return visit(path, on=school, wait=False, **settings)

    return go


@pytest.fixture
def teacher(at):
    """The teacher's desk, in an empty class."""
    desk = at(f"teacher?token={TOKEN}", width=1280, height=900)
    desk.part("clear").click()
    desk.part("clear").click()
    desk.page.wait_for_function("() => document.querySelector('[data-test=count]')?.innerText === '0'")
    desk.page.locator("[data-test=teacher][data-state=lobby]").wait_for()
    return desk


def joins(at, name, path="class", **settings):
    student = at(path, **{**PHONE, **settings})
    student.part("name").fill(name)
    student.part("join").click()
    student.part("who").wait_for()
    return student


def sees(visit, state):
    visit.page.locator(f"main[data-state={state}]").wait_for()


def answers(student, trust, exits, frontier):
    student.part("tab-predict").click()
    for name, value in (("trust", trust), ("exits", exits)):
        student.part(f"answer-{name}").evaluate(
            "(slider, value) => { slider.value = value; slider.dispatchEvent(new Event('input')); }", str(value)
        )
    student.part(f"answer-frontier-{frontier}").check()
    student.part("send-prediction").click()
    student.part("predicted").wait_for()


def moves(student, lever, strength):
    student.part("tab-levers").click()
    slider = student.part(f"slider-{lever}")
    slider.evaluate(
        """(slider, value) => { slider.closest('details').open = true; slider.value = value;
        slider.dispatchEvent(new Event('input')); slider.dispatchEvent(new Event('change')); }""",
        str(strength),
    )
    student.part(f"back-{lever}").wait_for()


def test_a_class_goes_through_a_round_and_everybody_sees_their_own(teacher, at, shots):
    wall = at("projector", width=1920, height=1080)
    assert "token" in wall.page.inner_text("main")  # another browser is not the teacher's
    wall.go(f"teacher?token={TOKEN}", wait=False).part("open").wait_for()
    wall.go("projector", wait=False).part("address").wait_for()

    anna, ben = joins(at, "Anna", path="join"), joins(at, "<b>Ben</b>", theme="dark")
    chloe = joins(at, "Chloé")
    students = (anna, ben, chloe)
    assert anna.page.url.endswith("/class")  # no code on the screen of who is in
    assert (
        ben.page.inner_text("[data-test=who]").strip() == "<b>Ben</b>"
        and ben.page.locator("b:text-is('Ben')").count() == 0
    )
    wall.page.locator("li:has-text('Chloé')").wait_for()
    assert len({student.page.inner_text("[data-test=role] h1") for student in students}) == 3
    wall.shot(shots, "class-wall-lobby")
    anna.shot(shots, "class-student-lobby")

    teacher.part("open").click()
    for student in students:
        sees(student, "predict")
    answers(anna, 0.4, 1, "no")
    answers(ben, 0.6, 5, "yes")
    moves(anna, "capacity_building", 1.0)
    moves(ben, "opt_outs", 1.0)
    assert "of 36 points left" in anna.page.inner_text("[data-test=left]")
    assert chloe.page.inner_text("[data-test=left]").startswith("30 of 30")  # what others do costs her nothing
    teacher.page.wait_for_function("() => document.querySelector('[data-test=predicted]')?.innerText === '2'")
    anna.shot(shots, "class-student-levers")
    teacher.shot(shots, "class-teacher", whole=True)

    teacher.part("advance-20").click()
    for student in students:
        sees(student, "running")
        student.page.wait_for_function("() => window.storeOfThePage?.films.a?.header.until === 20")
        assert student.page.locator("[data-picture]").count() >= 2
    digests = {student.digest() for student in students}
    assert len(digests) == 3
    assert anna.stage("stage.films.a.header.outcomes") is None
    chloe.part("tab-levers").click()
    moves(chloe, "waiver", 0.9)
    anna.shot(shots, "class-student-run")
    ben.shot(shots, "class-student-run-dark")

    teacher.part("pause").click()
    for student in students:
        student.part("paused").wait_for()
        assert student.page.locator("[data-test=plan]").count() == 0
    teacher.part("resume").click()
    for student in students:
        sees(student, "running")

    teacher.part("reveal").click()
    for student in students:
        student.part("reveal").wait_for()
        assert 0 <= int(student.page.inner_text("[data-test=score]")) <= 100
    assert int(chloe.page.inner_text("[data-test=foresight]")) == 0  # she predicted nothing
    for board in (teacher, wall):
        board.page.locator("[data-test=board] svg.cl-drawn").first.wait_for()
        text = board.page.inner_text("[data-test=board]")
        assert "same luck (seed 1)" in text and "<b>Ben</b>" in text
    wall.shot(shots, "class-wall-board", whole=True)
    anna.shot(shots, "class-student-reveal", whole=True)

    chloe.page.reload()
    chloe.part("reveal").wait_for()  # a phone that fell asleep finds its seat again
    assert "Chloé" in chloe.page.inner_text("[data-test=who]")
    teacher.part("remove").click()
    anna.part("name").wait_for()
    assert ben.part("who").is_visible()


def test_the_desk_opens_to_the_token_alone_and_hides_it_from_the_address_bar(at, teacher):
    assert teacher.page.url.endswith("/teacher")
    stranger = at("teacher")
    assert stranger.part("open").count() == 0 and stranger.part("address").count() == 0
    stranger.part("token").fill("not-the-token")
    stranger.part("show-token").click()
    stranger.part("error").wait_for()
    assert stranger.page.locator("main").get_attribute("data-teacher") == "false"
    stranger.part("token").fill(TOKEN)
    stranger.part("show-token").click()
    stranger.part("open").wait_for()


def test_the_join_page_says_the_address_and_shows_it_as_a_code(at, teacher, school):
    door = at("join", **PHONE)
    assert door.part("address").inner_text() == f"{school.url}/join"
    code = door.page.locator("[data-test=invite] svg")
    assert code.is_visible() and school.url in code.inner_text()
    door.part("name").fill("x" * 30)
    assert len(door.part("name").input_value()) == 24


def test_a_student_meets_no_page_on_which_to_look_ahead(at, teacher):
    for path in ("", "?scenario=eu&seed=1&at=2029Q4", "board"):
        guest = at(path, **PHONE)
        guest.page.locator("main, h1, body").first.wait_for()
        assert guest.page.locator("[data-path]").count() == 0 and guest.page.locator(".cm-board").count() == 0


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_pages_can_be_read_by_everybody(at, teacher, theme):
    student = joins(at, f"Reader {theme}", theme=theme)
    assert student.faults() == ""
    teacher.part("open").click()
    for part in ("role", "predict", "levers"):
        student.part(f"tab-{part}").click()
        assert student.faults("main") == ""
    desk = at(f"teacher?token={TOKEN}", theme=theme)
    desk.part("advance-20").wait_for()
    assert desk.faults("main") == ""
    wall = at("join", theme=theme)
    assert wall.faults("main") == ""


def test_a_phone_of_360_pixels_needs_no_sideways_scrolling(at, teacher):
    student = joins(at, "Narrow")
    teacher.part("open").click()
    for part in ("role", "predict", "levers"):
        student.part(f"tab-{part}").click()
        wide = student.page.evaluate("() => document.documentElement.scrollWidth")
        assert wide <= 360, part
    teacher.part("reveal").click()
    student.part("reveal").wait_for()
    assert student.page.evaluate("() => document.documentElement.scrollWidth") <= 360


def test_a_round_can_be_played_with_the_keyboard(at, teacher):
    student = at("class", **PHONE)
    student.part("name").focus()
    student.page.keyboard.type("Keys")
    student.page.keyboard.press("Enter")
    student.part("who").wait_for()
    teacher.part("open").focus()
    teacher.page.keyboard.press("Enter")
    sees(student, "predict")
    student.part("tab-levers").focus()
    student.page.keyboard.press("Enter")
    slider = student.page.locator("[data-test^=slider-]").first
    slider.focus()
    student.page.keyboard.press("ArrowRight")
    student.page.locator("[data-test=moves]").wait_for()
    assert re.search(r"to 0\.\d|to 1\.0", student.page.inner_text("[data-test=moves]"))
