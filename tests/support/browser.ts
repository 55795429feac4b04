import { execFile } from 'node:child_process'
import { createReadStream, createWriteStream, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { createBrotliDecompress } from 'node:zlib'
import { chromium, type Browser, type LaunchOptions } from 'playwright-core'
import { freeBytes, memoryFolder } from '../../src/foundation/files/free-bytes.ts'

const root = join(import.meta.dirname, '..', '..')
const cache = join(root, 'node_modules', '.cache', 'yinqiao-browser')
const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome']

/**
 * Starts a headless Chromium that draws Chinese, on any machine: YINQIAO_CHROMIUM, else an installed one, else the one that npm brought
 * (works as root; its libraries come with it). Fonts come from npm as well when the machine has no Chinese font. Nothing is downloaded.
 */
export async function launchBrowser(options: LaunchOptions = {}): Promise<Browser> {
  mkdirSync(cache, { recursive: true })
  const own = process.env['YINQIAO_CHROMIUM'] ?? installed.find((path) => existsSync(path))
  const found = own === undefined ? await unpackedChromium() : { path: own, libraries: null }
  const fonts = await fontSettings()
  const env: Record<string, string> = {}
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined) env[name] = value
  if (fonts) env['FONTCONFIG_FILE'] = fonts
  if (found.libraries) env['LD_LIBRARY_PATH'] = [found.libraries, env['LD_LIBRARY_PATH']].filter(Boolean).join(':')
  return chromium.launch({
    executablePath: found.path,
    headless: true,
    // a container often has 64 MB of shared memory; then the browser writes to the disk, which takes longer
    args: ['--no-sandbox', '--disable-setuid-sandbox', ...((freeBytes(memoryFolder) ?? 0) > 1_000_000_000 ? [] : ['--disable-dev-shm-usage']), '--font-render-hinting=none', '--disable-gpu', '--lang=zh-CN', '--disable-background-networking', '--no-pings'],
    env,
    ...options,
  })
}

/** Unpacks the Chromium of @sparticuz/chromium once, beside node_modules (its own way unpacks into /tmp, where two processes see each other's halves). */
async function unpackedChromium(): Promise<{ path: string; libraries: string | null }> {
  const folder = dirname(dirname(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium'))))
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }
  const home = join(cache, `chromium-${version}`)
  const result = { path: join(home, 'chromium'), libraries: join(home, 'lib') }
  if (existsSync(home)) return result
  const making = `${home}.${process.pid}`
  rmSync(making, { recursive: true, force: true })
  mkdirSync(making, { recursive: true })
  const packed = join(folder, 'bin')
  await pipeline(createReadStream(join(packed, 'chromium.br')), createBrotliDecompress(), createWriteStream(join(making, 'chromium'), { mode: 0o755 }))
  for (const name of ['al2023.tar.br', 'swiftshader.tar.br']) await untar(join(packed, name), making)
  try {
    renameSync(making, home)
  } catch (error) {
    // another process was quicker: its copy is as good
    rmSync(making, { recursive: true, force: true })
    if (!existsSync(home)) throw error
  }
  return result
}

async function untar(archive: string, into: string): Promise<void> {
  const plain = join(into, 'part.tar')
  await pipeline(createReadStream(archive), createBrotliDecompress(), createWriteStream(plain))
  await promisify(execFile)('tar', ['-xf', plain, '-C', into])
  rmSync(plain)
}

/** A font configuration with Noto Sans SC as TrueType (Chromium lists a .woff2 but does not draw it), or null where the machine has a Chinese font. */
async function fontSettings(): Promise<string | null> {
  if (process.platform !== 'linux' || (await hasChineseFont())) return null
  const folder = join(cache, 'fonts')
  const settings = join(folder, 'fonts.conf')
  if (existsSync(settings)) return settings
  mkdirSync(folder, { recursive: true })
  const require = createRequire(import.meta.url)
  const subsetFont = require('subset-font') as (font: Buffer, text: string, options: { targetFormat: 'truetype' }) => Promise<Buffer>
  const source = join(dirname(require.resolve('@fontsource/noto-sans-sc/package.json')), 'files')
  const characters = everyCharacter()
  const rules: string[] = []
  for (const weight of Object.keys(weights) as (keyof typeof weights)[]) {
    for (const part of Object.keys(families) as (keyof typeof families)[]) {
      const woff2 = readFileSync(join(source, `noto-sans-sc-${part}-${weight}-normal.woff2`))
      put(join(folder, fontFile(part, weight)), await subsetFont(woff2, characters, { targetFormat: 'truetype' }))
      rules.push(scanned(part, weight))
    }
  }
  put(settings, `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<dir>${folder}</dir><dir>/usr/share/fonts</dir><cachedir>${join(cache, 'font-cache')}</cachedir>
${rules.join('\n')}
${['sans-serif', 'serif', 'monospace', 'Noto Sans CJK SC', 'PingFang SC', 'system-ui'].map((family) => `<match><test name="family"><string>${family}</string></test><edit name="family" mode="prepend" binding="strong">${Object.values(families).map((name) => `<string>${name}</string>`).join('')}</edit></match>`).join('\n')}
</fontconfig>`)
  return settings
}

// Chromium takes one file of a family, and the parts share the name: while they are scanned, each part gets a family of its own.
const families = { latin: 'Yq Latin', 'latin-ext': 'Yq Latin Extended', 'chinese-simplified': 'Yq Chinese' } as const
const weights = { '400': 'regular', '600': 'demibold' } as const

const fontFile = (part: string, weight: string): string => `yq-${part}-${weight}.ttf`

function scanned(part: keyof typeof families, weight: keyof typeof weights): string {
  return `<match target="scan"><test name="file" compare="contains"><string>${fontFile(part, weight)}</string></test>
<edit name="family" mode="assign"><string>${families[part]}</string></edit><edit name="fullname" mode="assign"><string>${families[part]} ${weight}</string></edit>
<edit name="weight" mode="assign"><const>${weights[weight]}</const></edit></match>`
}

// written beside and renamed: a second process never reads a half
function put(path: string, content: Buffer | string): void {
  writeFileSync(`${path}.${process.pid}`, content)
  renameSync(`${path}.${process.pid}`, path)
}

async function hasChineseFont(): Promise<boolean> {
  try {
    const { stdout } = await promisify(execFile)('fc-list', [':lang=zh-cn', 'family'])
    return stdout.trim() !== ''
  } catch {
    return existsSync('/usr/share/fonts') && readdirSync('/usr/share/fonts', { recursive: true }).some((name) => /CJK|wqy|noto.*sc/i.test(String(name)))
  }
}

function everyCharacter(): string {
  const blocks: readonly (readonly [number, number])[] = [[0x20, 0x24f], [0x2000, 0x27bf], [0x2b00, 0x2bff], [0x3000, 0x303f], [0x4e00, 0x9fff], [0xff00, 0xffef]]
  let all = ''
  for (const [from, to] of blocks) for (let code = from; code <= to; code++) all += String.fromCodePoint(code)
  return all
}
