import eslint from '@eslint/js';
import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

// The law knows nothing; contracts know the law; the platform knows contracts; apps know all of these, never one another.
const may = (layer, ...others) => ({
  sourceTag: `layer:${layer}`,
  onlyDependOnLibsWithTags: others.map((other) => `layer:${other}`),
});

export default tseslint.config(
  { ignores: ['**/dist/', '**/generated/', 'node_modules/', '.local/', '.nx/', 'test-results/', 'bench-results/'] },
  eslint.configs.recommended,
  tseslint.configs.recommended,
  {
    plugins: { '@nx': nx },
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        setTimeout: 'readonly',
        Buffer: 'readonly',
        URL: 'readonly',
        AbortSignal: 'readonly',
      },
    },
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        {
          enforceBuildableLibDependency: false,
          // Plain modules beside the sources, which are needed before anything is built.
          allow: ['#engine', '#preflight'],
          depConstraints: [
            may('law', 'law'),
            may('contract', 'law', 'contract'),
            may('platform', 'law', 'contract', 'platform', 'test'),
            may('app', 'law', 'contract', 'platform', 'test'),
            may('test', 'law', 'contract', 'platform', 'test', 'tool'),
            may('tool', 'law', 'contract', 'platform', 'test', 'tool', 'app'),
          ],
        },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-non-null-assertion': 'off',
      'no-restricted-imports': [
        'error',
        { paths: [{ name: 'kafkajs', message: 'libs/messaging/src/kafka.ts alone imports it.' }] },
      ],
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Configuration is read once, in readConfig.' },
      ],
    },
  },
  {
    // Decorators want a class even where it holds nothing.
    files: ['**/*.ts'],
    rules: { '@typescript-eslint/no-extraneous-class': 'off' },
  },
  {
    files: ['libs/messaging/src/kafka.ts', 'tools/**', 'libs/testing/**', '**/test/**', '**/*.int.spec.ts'],
    rules: { 'no-restricted-imports': 'off', 'no-restricted-properties': 'off' },
  },
  {
    // Tests alone import the testing library.
    files: ['apps/*/src/**/*.ts', 'libs/*/src/**/*.ts'],
    ignores: ['**/*.spec.ts', 'libs/testing/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [
            { name: '@sekisho/testing', message: 'Tests alone import it.' },
            { name: 'kafkajs', message: 'libs/messaging/src/kafka.ts alone imports it.' },
          ],
        },
      ],
    },
  },
  {
    files: ['libs/messaging/src/kafka.ts', 'libs/service/src/config.ts'],
    rules: { 'no-restricted-imports': 'off', 'no-restricted-properties': 'off' },
  },
  {
    // The law has no clock and no chance: the caller passes `at`.
    files: ['libs/guideline/src/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'The caller passes the time.' },
        {
          selector: "MemberExpression[object.name='Date'][property.name='now']",
          message: 'The caller passes the time.',
        },
        { selector: "MemberExpression[object.name='Math'][property.name='random']", message: 'No chance in the law.' },
      ],
    },
  },
  prettier,
);
