"""Screenshots of the demonstration site for the README, into docs/images."""

from playwright.sync_api import sync_playwright

from site_under_test import REPOSITORY, DemonstrationSite, Screen

# Name, person, page, and whether the whole page is shown rather than one screen of it.
PICTURES = [
    ("today", "supervisor", "/"),
    ("batch", "operator-1", "/batches/B-26-004"),
    ("step", "operator-1", "/batches/B-26-004/steps/p4"),
    ("genealogy", "inspector", "/genealogy/B-26-003"),
    ("certificate", "qp", "/batches/B-26-003/certificate/verification"),
]


def main():
    images = REPOSITORY / "docs" / "images"
    images.mkdir(parents=True, exist_ok=True)
    with DemonstrationSite() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for name, person, path in PICTURES:
            screen = Screen(browser, site, viewport={"width": 1280, "height": 860})
            screen.sign_in(person)
            screen.page.wait_for_url(site.address + "/")
            screen.open(path)
            screen.page.wait_for_timeout(300)
            screen.page.screenshot(path=images / f"{name}.png")
            screen.context.close()
            print(f"docs/images/{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
