import sharp from 'sharp'
import type { CommandResult, CommandRun } from '../foundation/cli/command.ts'
import { grayEdge, readPicture } from '../foundation/pictures/read-picture.ts'
import { photosApart, bandsToAsk, bandsToStore, printsOf } from '../visits/photo-print.rules.ts'
import { visitSchemeOn } from '../visits/visit-table.ts'

/** Numbers from a seed: the same set of pictures every time. */
function chance(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const [width, height] = [960, 720]

/** A made-up scene as a phone would take it: sky or wall, ground, buildings with windows, boxes, a sign; grain. Scenes of one family share their layout: a yard seen twice is not the same photo. */
async function scene(number: number): Promise<Buffer> {
  const family = chance(1_000 + Math.floor(number / 4))
  const own = chance(number + 1)
  const colour = (next: () => number, low = 30, high = 225): string => `rgb(${[0, 0, 0].map(() => Math.round(low + next() * (high - low))).join(',')})`
  const horizon = 250 + family() * 250
  const parts = [`<defs><linearGradient id="a" x1="0" y1="0" x2="${own() > 0.5 ? 1 : 0}" y2="1"><stop offset="0" stop-color="${colour(own, 120)}"/><stop offset="1" stop-color="${colour(own, 60)}"/></linearGradient></defs>`,
    `<rect width="${width}" height="${height}" fill="url(#a)"/>`, `<rect y="${horizon}" width="${width}" height="${height - horizon}" fill="${colour(own, 40, 150)}"/>`]
  for (let place = 0; place < 4 + Math.floor(family() * 3); place++) {
    const [x, w, h] = [family() * width + (own() - 0.5) * 240, 90 + own() * 220, 80 + own() * 300]
    parts.push(`<rect x="${x}" y="${horizon - h * 0.7}" width="${w}" height="${h}" fill="${colour(own)}"/>`)
    for (let row = 0; row < 3; row++) for (let column = 0; column < 3; column++) parts.push(`<rect x="${x + 12 + column * (w / 3.2)}" y="${horizon - h * 0.62 + row * (h / 4)}" width="${w / 6}" height="${h / 8}" fill="${colour(own)}"/>`)
  }
  for (let place = 0; place < 9; place++) parts.push(`<rect x="${own() * width}" y="${horizon + own() * (height - horizon)}" width="${30 + own() * 120}" height="${20 + own() * 90}" fill="${colour(own)}" transform="rotate(${own() * 14 - 7} ${width / 2} ${height / 2})"/>`)
  for (let place = 0; place < 5; place++) parts.push(`<ellipse cx="${own() * width}" cy="${own() * height}" rx="${20 + own() * 120}" ry="${20 + own() * 90}" fill="${colour(own)}" opacity="${0.35 + own() * 0.6}"/>`)
  const drawn = await sharp(Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${parts.join('')}</svg>`)).removeAlpha().raw().toBuffer()
  const grain = chance(number + 77)
  for (let place = 0; place < drawn.length; place++) drawn[place] = Math.max(0, Math.min(255, (drawn[place] ?? 0) + Math.round((grain() - 0.5) * 18)))
  return sharp(drawn, { raw: { width, height, channels: 3 } }).jpeg({ quality: 92 }).toBuffer()
}

const crop = (left: number, top: number, right: number, bottom: number) => (picture: Buffer): Promise<Buffer> => sharp(picture)
  .extract({ left: Math.round(width * left), top: Math.round(height * top), width: Math.round(width * (1 - left - right)), height: Math.round(height * (1 - top - bottom)) }).jpeg({ quality: 80 }).toBuffer()
const changes: readonly { name: string; make: (picture: Buffer) => Promise<Buffer> }[] = [
  { name: 'the same file', make: async (picture) => picture },
  { name: 'compressed anew (quality 40)', make: (picture) => sharp(picture).jpeg({ quality: 40 }).toBuffer() },
  { name: 'half as large (quality 60)', make: (picture) => sharp(picture).resize(width / 2).jpeg({ quality: 60 }).toBuffer() },
  { name: 'brightened by 20 %', make: (picture) => sharp(picture).linear(1.2, 6).jpeg({ quality: 80 }).toBuffer() },
  { name: 'darkened by 20 %', make: (picture) => sharp(picture).linear(0.8, 0).jpeg({ quality: 80 }).toBuffer() },
  { name: 'a tenth cut off at the left', make: crop(0.1, 0, 0, 0) },
  { name: 'a tenth cut off at the top', make: crop(0, 0.1, 0, 0) },
  { name: 'a twentieth cut off all around', make: crop(0.05, 0.05, 0.05, 0.05) },
  { name: 'a tenth cut off all around', make: crop(0.1, 0.1, 0.1, 0.1) },
  { name: '7 % off two sides, brightened, compressed', make: async (picture) => sharp(await crop(0.07, 0.07, 0, 0)(picture)).linear(1.15, 4).jpeg({ quality: 55 }).toBuffer() },
]

/** `npx yinqiao evaluate photos`: how many of the changed copies of 200 photos are found among the 200, and how many photos that were never there are taken for one that was. By the same print, index and line as the product. */
export async function evaluatePhotos(run: CommandRun, { pictures }: { pictures: number }): Promise<CommandResult> {
  const { bits } = visitSchemeOn('2026-01-01').photo
  const print = async (bytes: Buffer): Promise<bigint[]> => {
    const picture = await readPicture(bytes)
    if (!picture) throw new Error('a picture of our own could not be read')
    return printsOf(picture.gray, grayEdge)
  }
  const stored: { prints: bigint[]; bands: Set<number> }[] = []
  const files: Buffer[] = []
  const began = performance.now()
  for (let number = 0; number < pictures; number++) {
    run.progress.show({ zh: `第 ${number + 1} 张`, en: `picture ${number + 1}` })
    const file = await scene(number)
    const prints = await print(file)
    files.push(file)
    stored.push({ prints, bands: new Set(bandsToStore(prints)) })
  }
  const find = (prints: readonly bigint[]): number[] => {
    const asked = bandsToAsk(prints)
    return stored.flatMap((one, place) => (asked.some((band) => one.bands.has(band)) && photosApart(prints, one.prints) <= bits ? [place] : []))
  }
  const rows = []
  for (const { name, make } of changes) {
    run.progress.show({ zh: name, en: name })
    let [found, alone, wrong] = [0, 0, 0]
    for (const [place, file] of files.entries()) {
      const hits = find(await print(await make(file)))
      if (hits.includes(place)) found += 1
      if (hits.length === 1 && hits[0] === place) alone += 1
      if (hits.some((hit) => hit !== place)) wrong += 1
    }
    rows.push({ change: name, pictures, found, alone, wrong })
  }
  let strangers = 0
  for (let number = 0; number < pictures; number++) if (find(await print(await scene(100_000 + number))).length > 0) strangers += 1
  const percent = (part: number): string => `${((100 * part) / pictures).toFixed(1)}%`
  return {
    ok: rows.every((row) => row.found >= pictures * 0.9) && strangers <= pictures * 0.02,
    json: { pictures, bits, rows, strangersTakenForKnown: strangers, milliseconds: Math.round(performance.now() - began) },
    lines: [
      `${pictures} pictures made from a seed, four of a kind each; line: ${bits} of 63 bits`, '| change | found | another one too |', '|---|---|---|', ...rows.map((row) => `| ${row.change} | ${row.found} of ${pictures} (${percent(row.found)}) | ${row.wrong} (${percent(row.wrong)}) |`),
      `| ${pictures} other pictures, never there | taken for one that was: ${strangers} (${percent(strangers)}) | |`,
    ],
  }
}
