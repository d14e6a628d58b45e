import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import vueI18n from '@intlify/unplugin-vue-i18n/vite';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { withIntegrity } from './scripts/with-integrity.ts';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const RESIDENT = at('./src/client/resident/resident.ts');
const CLIENT = 'dist/client';
/** Where `npm run dev` finds the server. */
const SERVER = process.env['DOORSTEP_SERVER'] ?? 'http://127.0.0.1:8787';
const BUILT_AT = new Date().toISOString();

export default defineConfig({
  define: {
    __BUILT_AT__: JSON.stringify(BUILT_AT),
    __VUE_OPTIONS_API__: 'false',
    __VUE_PROD_DEVTOOLS__: 'false',
  },
  plugins: [
    vue(),
    // Messages are compiled when building: no compiler goes to the phone, and the CSP needs no eval.
    vueI18n({
      include: [at('./src/i18n/zh-CN/**'), at('./src/i18n/en/**')],
      runtimeOnly: true,
      fullInstall: false,
      dropMessageCompiler: true,
    }),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src/client/service-worker',
      filename: 'sw.ts',
      injectRegister: false,
      // Written by hand in public/: an icon, a shortcut or a colour is a matter of design.
      manifest: false,
      injectManifest: {
        globPatterns: ['**/*.{js,css,html,svg,png,webmanifest}'],
        globIgnores: ['screenshots/**', 'assets/resident-*'],
        manifestTransforms: [async (entries) => ({ manifest: await withIntegrity(entries, CLIENT), warnings: [] })],
      },
    }),
  ],
  build: {
    outDir: CLIENT,
    target: ['chrome99', 'safari15.4'],
    cssTarget: ['chrome99', 'safari15.4'],
    cssMinify: 'lightningcss',
    manifest: true,
    // Chinese phones on weak networks: fewer, larger pieces; each page a piece of its own.
    chunkSizeWarningLimit: 400,
    rolldownOptions: {
      input: { app: at('./index.html'), ...(existsSync(RESIDENT) ? { resident: RESIDENT } : {}) },
    },
  },
  server: {
    proxy: { '/api': SERVER, '/r': SERVER, '/healthz': SERVER },
  },
});
