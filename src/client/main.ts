import { createPinia } from 'pinia';
import { createApp } from 'vue';
import { createMessages } from '../i18n/create-i18n.ts';
import App from './App.vue';
import { useAccount } from './composables/use-account.ts';
import { painted } from './platform/painted.ts';
import { createAppRouter } from './router.ts';
import { useSession } from './stores/session.ts';
import './styles/tokens.css';
import './styles/base.css';
import './styles/kit.css';
import { catchInstallPrompt } from './updates/install-prompt.ts';
import { registerServiceWorker } from './updates/register-service-worker.ts';
import { reloadOnMissingPiece } from './updates/reload-on-missing-piece.ts';

reloadOnMissingPiece();
catchInstallPrompt();

const { i18n, loadRooms, setLocale } = createMessages();
const app = createApp(App, { setLocale });
app.use(createPinia());
app.use(i18n);

// An address of its own may lead anywhere: whoever comes by one waits until all is read.
const firstScreen = { painted: () => painted(router.isReady()) };
// The first page waits until it is known who is in: each page behind the sign-in has its engine.
const resumed = useAccount()
  .resume(location.pathname === '/' ? firstScreen : undefined)
  .catch(() => {
    useSession().state = 'broken';
  });
const router = createAppRouter(resumed, loadRooms);
app.use(router);
app.mount('#app');
registerServiceWorker();
