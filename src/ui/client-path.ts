/** Puts parameters into a contract's path: "/api/customers/:customerId" → "/api/customers/0192…". A parameter that is missing is our own mistake. */
export function addressOf(path: string, params: Readonly<Record<string, unknown>> = {}, query: Readonly<Record<string, unknown>> = {}): string {
  const filled = path.replace(/:(\w+)/g, (_whole, name: string) => {
    const value = params[name]
    if (value === undefined || value === null || value === '') throw new Error(`the path ${path} needs ${name}`)
    return encodeURIComponent(String(value))
  })
  const asked = queryText(query)
  return asked === '' ? filled : `${filled}?${asked}`
}

/** Empty, null and absent values are not asked for; a list repeats its name. */
export function queryText(query: Readonly<Record<string, unknown>>): string {
  const found = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === '') continue
    for (const one of Array.isArray(value) ? value : [value]) found.append(name, String(one))
  }
  return found.toString()
}

/** 128 random bits as text; crypto.randomUUID is absent on a plain http address. */
export function randomKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** The sign-in page's address, which leads back to where the person was. Only an address of our own is kept. */
export function signInAddress(here: string): string {
  return here === '/' || here.startsWith('/sign-in') ? '/sign-in' : `/sign-in?back=${encodeURIComponent(here)}`
}

/** Where to go after signing in: an address of this site, never another host. */
export function backAddress(back: string | null): string {
  if (back === null || !back.startsWith('/') || back.startsWith('//') || back.includes('\\') || back.startsWith('/sign-in')) return '/'
  return back
}
