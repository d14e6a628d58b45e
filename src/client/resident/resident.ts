import './resident.css';

/** The page works without this. It keeps a second press from sending twice, and comes back fresh. */
for (const form of document.querySelectorAll<HTMLFormElement>('form')) {
  form.addEventListener('submit', () => {
    const button = form.querySelector<HTMLButtonElement>('button[type=submit]');
    if (button === null) return;
    const busy = button.dataset['busy'];
    // After this tick: a disabled button would not be sent with the form.
    setTimeout(() => {
      button.disabled = true;
      if (busy !== undefined) button.textContent = busy;
    });
  });
}

// Back from another page: the browser shows a frozen copy whose buttons may be disabled and whose state is old.
window.addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload();
});

// An error stands where its field is; bring it into sight and read it out.
const firstError = document.querySelector<HTMLElement>('.error');
firstError?.scrollIntoView({ block: 'center' });
