import { keepFocus } from '#ui/keep-focus.ts';
import { retryStyles } from '#ui/retry-styles.ts';

keepFocus();
retryStyles();
