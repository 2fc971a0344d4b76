// Whether anybody can see the page: nobody needs figures renewed in a tab that lies behind another.
export function attach(page) {
  const stop = new AbortController();
  const tell = () => page.invokeMethodAsync('ShowAsync', document.visibilityState === 'visible').catch(() => {});
  document.addEventListener('visibilitychange', tell, { signal: stop.signal });
  return { dispose: () => stop.abort() };
}
