// Sets the theme that the reader chose, in this tab or else in another, before anything is drawn: a module would run after the first frame.
if (!new URLSearchParams(location.search).has("embed")) {
  try {
    const theme = sessionStorage.getItem("chanscope.theme") ?? localStorage.getItem("chanscope.theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch {
    // Storage is forbidden: the page follows the system.
  }
}
