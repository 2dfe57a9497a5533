const entry = /\/assets\/index-[\w-]+\.js/

/**
 * Displays are never reloaded by hand. When the server has other pages than the ones running here, they are loaded;
 * otherwise, and when the server cannot be reached, nothing happens.
 */
export async function reloadIfUpdated(address = location.href): Promise<void> {
  const mine = document.querySelector<HTMLScriptElement>('script[type="module"][src]')?.getAttribute('src')
  try {
    const response = await fetch('/', { cache: 'no-store' })
    const theirs = response.ok ? entry.exec(await response.text())?.[0] : undefined
    if (mine && theirs && !mine.endsWith(theirs)) location.assign(address)
  } catch {
    // Not reachable now: the pages that run are the best there are.
  }
}
