// Before the first paint: the colour scheme that the reader chose, so that dark shows no white flash. A file of its own, since the page allows no inline script.
;(function () {
  var theme = 'system'
  try {
    theme = JSON.parse(localStorage.getItem('yq.settings') || '{}').theme || 'system'
  } catch (error) {
    // a forbidden storage: the device's scheme
  }
  var dark = theme === 'dark' || (theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.dataset.mode = dark ? 'dark' : 'light'
})()
