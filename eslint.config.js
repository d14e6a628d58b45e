import { readdirSync } from 'node:fs';
import js from '@eslint/js';
import pluginVue from 'eslint-plugin-vue';
import pluginVueA11y from 'eslint-plugin-vuejs-accessibility';
import tseslint from 'typescript-eslint';
import vueParser from 'vue-eslint-parser';

/** Who may import whom (design §3). Each entry: the files, and what they must not import, with the sentence to show. */
const UI = ['vue', 'vue-*', 'pinia', 'reka-ui', '@intlify/*'];
const STORAGE = ['dexie', 'kysely'];
const NODE = ['node:*', 'hono', 'hono/*', '@hono/*', 'pino'];
const room = (name) => `**/${name}/**`;

const WALLS = [
  {
    files: ['src/domain/**/*.ts'],
    forbid: [...['protocol', 'sync', 'client', 'server', 'i18n'].map(room), ...UI, ...STORAGE, ...NODE, 'pinyin-pro'],
    message: 'The domain is pure: it imports nothing above it and no outside thing.',
  },
  {
    files: ['src/protocol/**/*.ts'],
    forbid: [...['domain', 'sync', 'client', 'server', 'i18n'].map(room), ...UI, ...STORAGE, ...NODE],
    message: 'The protocol is the wire alone: it imports nothing above it.',
  },
  {
    files: ['src/sync/**/*.ts'],
    forbid: [...['client', 'server', 'i18n'].map(room), ...UI, ...STORAGE, ...NODE],
    message: 'The sync engine knows neither Vue nor Dexie nor the server: everything outside is a port.',
  },
  {
    files: ['src/server/**/*.ts'],
    forbid: [room('client'), ...UI, 'dexie'],
    message: 'The server never imports the client.',
  },
  {
    files: ['src/client/db/**/*.ts'],
    forbid: [...['server', 'features', 'components'].map(room), ...UI, 'kysely', ...NODE],
    message: 'The one door to Dexie knows no page and no server.',
  },
  {
    files: ['src/client/**/*.{ts,vue}'],
    ignores: ['src/client/db/**', 'src/client/features/**'],
    forbid: [room('server'), ...STORAGE, ...NODE],
    message: 'The client never imports the server, and reaches IndexedDB through client/db alone.',
  },
];

const features = readdirSync('src/client/features', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

const wall = ({ files, ignores = [], forbid, message }) => ({
  files,
  ignores: [...ignores, '**/*.test.ts'],
  rules: { 'no-restricted-imports': ['error', { patterns: [{ group: forbid, message }] }] },
});

const featureWall = (name) => {
  const others = features.filter((other) => other !== name).join('|');
  return {
    files: [`src/client/features/${name}/**/*.{ts,vue}`],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { group: [room('server'), ...STORAGE, ...NODE], message: 'A page never imports the server or a database.' },
            {
              regex: `^(\\.\\./)+(features/)?(${others})/`,
              message: 'One feature never imports another: what two share belongs to components or composables.',
            },
          ],
        },
      ],
    },
  };
};

/** The oldest browsers that the build is for (vite.config.ts) lack these; nothing polyfills them. */
const TOO_NEW = {
  selector: 'CallExpression[callee.property.name=/^(toSorted|toReversed|toSpliced)$/]',
  message: 'Chrome 99 and Safari 15.4 do not have it: copy, then sort, reverse or splice.',
};

const PURE = {
  files: ['src/domain/**/*.ts', 'src/protocol/**/*.ts', 'src/sync/**/*.ts'],
  ignores: ['**/*.test.ts'],
  rules: {
    'no-restricted-globals': [
      'error',
      ...['fetch', 'setTimeout', 'setInterval', 'crypto', 'indexedDB', 'navigator', 'window', 'document'].map(
        (name) => ({
          name,
          message: 'Clock, network, storage and randomness come in as arguments or ports.',
        }),
      ),
    ],
    'no-restricted-syntax': [
      'error',
      {
        selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
        message: 'Times come in as arguments.',
      },
      { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Times come in as arguments.' },
      {
        selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
        message: 'Randomness comes in as an argument.',
      },
      TOO_NEW,
    ],
  },
};

const OLD_BROWSERS = {
  files: ['src/client/**/*.{ts,vue}'],
  ignores: ['**/*.test.ts'],
  rules: { 'no-restricted-syntax': ['error', TOO_NEW] },
};

const ONE_DOOR_TO_FETCH = {
  files: ['src/client/**/*.{ts,vue}'],
  ignores: ['src/client/transport/**', 'src/client/resident/**', 'src/client/service-worker/**', '**/*.test.ts'],
  rules: {
    'no-restricted-globals': [
      'error',
      { name: 'fetch', message: 'client/transport is the one door to the network.' },
      { name: 'EventSource', message: 'client/transport is the one door to the network.' },
      { name: 'indexedDB', message: 'client/db is the one door to IndexedDB.' },
    ],
  },
};

export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', 'data/**', 'test-results/**', 'playwright-report/**'] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  ...pluginVue.configs['flat/recommended'],
  ...pluginVueA11y.configs['flat/recommended'],
  {
    files: ['**/*.vue'],
    languageOptions: { parser: vueParser, parserOptions: { parser: tseslint.parser, sourceType: 'module' } },
    rules: {
      // Prettier sets the layout.
      'vue/html-self-closing': 'off',
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/html-indent': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/first-attribute-linebreak': 'off',
      // An optional prop is undefined where it is left out; TypeScript says so.
      'vue/require-default-prop': 'off',
      'vue/block-order': ['error', { order: ['script', 'template', 'style'] }],
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/define-macros-order': 'error',
      'vue/no-bare-strings-in-template': [
        'error',
        { allowlist: ['·', '/', '…', '—', '+', ':', '：', '、', '(', ')', '%', '×'] },
      ],
      // The label is given by `for`; nesting it as well is not needed.
      'vuejs-accessibility/label-has-for': ['error', { required: { some: ['nesting', 'id'] } }],
      'no-undef': 'off',
    },
  },
  {
    files: ['**/*.ts'],
    ignores: ['*.config.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/await-thenable': 'error',
    },
  },
  {
    files: ['**/*.{ts,vue}'],
    rules: {
      'no-undef': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true } }],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  { files: ['scripts/**', 'bench/**', 'src/server/main.ts', 'tests/**'], rules: { 'no-console': 'off' } },
  { files: ['*.config.ts', 'tests/**/*.setup.ts', '*.config.js'], rules: { 'no-restricted-exports': 'off' } },
  ...WALLS.map(wall),
  ...features.map(featureWall),
  PURE,
  OLD_BROWSERS,
  ONE_DOOR_TO_FETCH,
);
