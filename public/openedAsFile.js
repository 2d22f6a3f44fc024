/** @file Says what to do when index.html is opened from a folder: browsers run no modules from files, so the app itself cannot say it. */
if (location.protocol === 'file:') {
  addEventListener('DOMContentLoaded', () => {
    const sentence = document.createElement('p');
    sentence.setAttribute('role', 'alert');
    sentence.textContent =
      'Perennial was opened as a file, and browsers run no app from a file. Start it with "npm start" in its folder, ' +
      'or open the address of any web server that serves the "dist" folder; no network is needed after that.';
    document.getElementById('app').replaceChildren(sentence);
  });
}
