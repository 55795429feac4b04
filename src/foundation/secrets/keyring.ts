import { createCipheriv, createDecipheriv, createHmac, createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, sign, verify, type KeyObject } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeOnce } from './write-once.ts'

/**
 * The keys that are not in the database: the master key that wraps each customer's key, the key of the blind index (keyed hashes), and the key
 * that signs the journal's heads. Files of mode 0600 in the folder `keys`, made at the first start.
 */
export class Keyring {
  readonly #master: Buffer
  readonly #index: Buffer
  readonly #signing: KeyObject
  readonly publicKey: KeyObject

  constructor(master: Buffer, index: Buffer, signingPem: string) {
    if (master.length !== 32 || index.length !== 32) throw new Error('a key has the wrong length')
    this.#master = master
    this.#index = index
    this.#signing = createPrivateKey(signingPem)
    this.publicKey = createPublicKey(this.#signing)
  }

  /** Keyed hash of a normalised value (HMAC-SHA-256): equal values have equal hashes, nobody without the key can try numbers. */
  hash(kind: string, value: string): Buffer {
    return createHmac('sha256', this.#index).update(kind).update('\0').update(value).digest()
  }

  /** A new customer's key, wrapped by the master key and bound to the customer. */
  makeCustomerKey(customerId: string): { key: Buffer; wrapped: Buffer } {
    const key = randomBytes(32)
    return { key, wrapped: seal(this.#master, key, customerId) }
  }

  unwrap(wrapped: Buffer, customerId: string): Buffer {
    return open(this.#master, wrapped, customerId)
  }

  /** Values that pass through staging are sealed by the master key, bound to `purpose`, until they get their customer's key. */
  sealTransient(value: string, purpose: string): Buffer {
    return seal(this.#master, Buffer.from(value, 'utf8'), purpose)
  }

  openTransient(sealed: Buffer, purpose: string): string {
    return open(this.#master, sealed, purpose).toString('utf8')
  }

  /** The content of a file of the bank, which is no customer's: under the master key, bound to the file. */
  sealFile(content: Buffer, fileId: string): Buffer {
    return seal(this.#master, content, `file ${fileId}`)
  }

  openFile(sealed: Buffer, fileId: string): Buffer {
    return open(this.#master, sealed, `file ${fileId}`)
  }

  signHead(text: string): Buffer {
    return sign(null, Buffer.from(text, 'utf8'), this.#signing)
  }

  verifyHead(text: string, signature: Buffer): boolean {
    return verify(null, Buffer.from(text, 'utf8'), this.publicKey, signature)
  }
}

// AES-256-GCM; layout: version 1, 12 bytes nonce, 16 bytes tag, ciphertext. The context (customer) is authenticated, so a value cannot be moved to another.
function seal(key: Buffer, value: Buffer, context: string): Buffer {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(context, 'utf8'))
  const body = Buffer.concat([cipher.update(value), cipher.final()])
  return Buffer.concat([Buffer.from([1]), nonce, cipher.getAuthTag(), body])
}

function open(key: Buffer, sealed: Buffer, context: string): Buffer {
  if (sealed[0] !== 1) throw new Error('unknown version of an encrypted value')
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 13))
  decipher.setAAD(Buffer.from(context, 'utf8'))
  decipher.setAuthTag(sealed.subarray(13, 29))
  return Buffer.concat([decipher.update(sealed.subarray(29)), decipher.final()])
}

/** Encrypts under a customer's key; `customerId` is bound to it. */
export function encryptBytes(key: Buffer, customerId: string, value: Buffer): Buffer {
  return seal(key, value, customerId)
}

/** Throws when the value was changed or belongs to another customer. */
export function decryptBytes(key: Buffer, customerId: string, sealed: Buffer): Buffer {
  return open(key, sealed, customerId)
}

export function encryptText(key: Buffer, customerId: string, text: string): Buffer {
  return seal(key, Buffer.from(text, 'utf8'), customerId)
}

export function decryptText(key: Buffer, customerId: string, sealed: Buffer): string {
  return open(key, sealed, customerId).toString('utf8')
}

/**
 * Reads the keys, or makes them at the first start. Two processes that start at once end with the same keys; one that was killed while making them is
 * continued by the next. Never makes new ones when some are lost: data would become unreadable without a word.
 */
export function openKeyring(folder: string): Keyring {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const paths = { master: join(folder, 'master.key'), index: join(folder, 'index.key'), signing: join(folder, 'journal-signing.pem') }
  const making = join(folder, 'making')
  const there = Object.values(paths).filter((path) => existsSync(path)).length
  if (there === 0 || (there < 3 && existsSync(making))) {
    writeFileSync(making, '', { mode: 0o600 })
    const { privateKey } = generateKeyPairSync('ed25519')
    writeOnce(paths.master, randomBytes(32).toString('hex'))
    writeOnce(paths.index, randomBytes(32).toString('hex'))
    writeOnce(paths.signing, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())
    rmSync(making, { force: true })
  } else if (there < 3) {
    throw new Error(`密钥不全：${folder} 中缺少密钥文件，请从备份恢复 / keys are missing in ${folder}: restore them from the backup`)
  }
  const hex = (path: string): Buffer => Buffer.from(readFileSync(path, 'utf8').trim(), 'hex')
  return new Keyring(hex(paths.master), hex(paths.index), readFileSync(paths.signing, 'utf8'))
}
