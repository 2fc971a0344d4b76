// The theme is kept by a module of its own, so that importing it here never starts Blazor a second time.
export { isDark, switchTheme } from '../../theme.js';
