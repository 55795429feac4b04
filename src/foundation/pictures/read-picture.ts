import readExif from 'exif-reader'
import sharp from 'sharp'

// one photo at a time is decoded by at most two threads: the machine serves people besides
sharp.concurrency(2)
sharp.cache(false)

/** A photo as it came: when and where the camera says it was taken, what it looks like, and a copy that may be kept. */
export type Picture = {
  width: number
  height: number
  /** By the camera's clock; without a time zone it is that of China. */
  takenAt: string | null
  position: { latitude: number; longitude: number } | null
  /** Brightness of `grayEdge` × `grayEdge` points, whatever the picture's shape: from it prints are worked out. */
  gray: Uint8Array
  /** JPEG, turned upright, at most 2,400 points long, without the camera's notes: the exact place stands in no file that is kept. */
  clean: Buffer
}
export const grayEdge = 160

// 60 million points: more than any phone takes, less than what would fill the memory
const most = 60_000_000

/** Decodes a photo; null when it cannot be (damaged, larger than any camera makes, not a picture at all). */
export async function readPicture(bytes: Uint8Array): Promise<Picture | null> {
  try {
    const open = () => sharp(bytes, { limitInputPixels: most, failOn: 'error' }).rotate()
    const { exif } = await sharp(bytes, { limitInputPixels: most }).metadata()
    const gray = await open().flatten({ background: '#fff' }).toColourspace('b-w').resize(grayEdge, grayEdge, { fit: 'fill', kernel: 'cubic' }).raw().toBuffer({ resolveWithObject: true })
    const clean = await open().flatten({ background: '#fff' }).resize(2_400, 2_400, { fit: 'inside', withoutEnlargement: true }).jpeg({ quality: 85 }).toBuffer({ resolveWithObject: true })
    const { channels } = gray.info
    const points = channels === 1 ? new Uint8Array(gray.data) : Uint8Array.from({ length: grayEdge * grayEdge }, (_, place) => gray.data[place * channels] ?? 0)
    return { width: clean.info.width, height: clean.info.height, ...cameraNotes(exif), gray: points, clean: clean.data }
  } catch {
    return null
  }
}

/** A small copy for lists. */
export function makeThumbnail(content: Buffer, edge: number): Promise<Buffer> {
  return sharp(content).resize(edge, edge, { fit: 'inside', withoutEnlargement: true }).jpeg({ quality: 75 }).toBuffer()
}

function cameraNotes(exif: Buffer | undefined): Pick<Picture, 'takenAt' | 'position'> {
  if (!exif) return { takenAt: null, position: null }
  try {
    const { Photo, GPSInfo } = readExif(exif)
    return { takenAt: momentOf(Photo?.DateTimeOriginal, Photo?.OffsetTimeOriginal), position: positionOf(GPSInfo) }
  } catch {
    // notes that cannot be read are none
    return { takenAt: null, position: null }
  }
}

// the reader takes the camera's clock for UTC
function momentOf(taken: Date | undefined, offset: unknown): string | null {
  if (!(taken instanceof Date) || Number.isNaN(taken.getTime())) return null
  const [, sign, hours, minutes] = /^([+-])(\d\d):(\d\d)$/.exec(typeof offset === 'string' ? offset.replaceAll('\0', '').trim() : '') ?? ['', '+', '08', '00']
  const ahead = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1)
  return new Date(taken.getTime() - ahead * 60_000).toISOString()
}

type Gps = { GPSLatitude?: number[]; GPSLatitudeRef?: string; GPSLongitude?: number[]; GPSLongitudeRef?: string }
function positionOf(gps: Gps | undefined): Picture['position'] {
  const degrees = (parts: number[] | undefined, minus: boolean): number | null => {
    const [whole, minutes = 0, seconds = 0] = parts ?? []
    const value = whole === undefined ? Number.NaN : whole + minutes / 60 + seconds / 3600
    return Number.isFinite(value) ? value * (minus ? -1 : 1) : null
  }
  const latitude = degrees(gps?.GPSLatitude, gps?.GPSLatitudeRef?.startsWith('S') ?? false)
  const longitude = degrees(gps?.GPSLongitude, gps?.GPSLongitudeRef?.startsWith('W') ?? false)
  return latitude === null || longitude === null || (latitude === 0 && longitude === 0) ? null : { latitude, longitude }
}
