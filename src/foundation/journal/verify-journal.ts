import type pg from 'pg'
import type { Keyring } from '../secrets/keyring.ts'
import { headText, readHeads } from './seal-journal.ts'

/** One thing wrong with the journal. */
export type JournalFault = {
  kind: 'line-changed' | 'line-missing' | 'line-inserted' | 'lines-reordered' | 'chain-broken' | 'chain-rewritten' | 'head-missing' | 'seal-missing' | 'bad-signature'
  seal: number | null
  lineId: string | null
  text: { zh: string; en: string }
}

export type JournalReport = { seals: number; sealedLines: number; unsealedLines: number; oldestUnsealed: string | null; faults: JournalFault[] }

type SealRow = { number: string; line_count: number; previous_hash: Buffer; head_hash: Buffer; sealed_at: Date | string; signature: Buffer; first_hash: Buffer; chain_hash: Buffer | null; placed: number; last_place: number | null }

/**
 * Checks the whole journal: every line against its hash, the order and number of lines in each batch, the chain of batches, the signatures, and the heads
 * that are kept outside the database. Says what is not yet sealed. Reads only. `most` limits the faults told.
 */
export async function verifyJournal(owner: pg.ClientBase, keyring: Keyring, headsFolder: string, most = 100): Promise<JournalReport> {
  await owner.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
  try {
    const faults: JournalFault[] = []
    const tell = (fault: JournalFault): void => {
      if (faults.length < most) faults.push(fault)
    }
    await checkLines(owner, tell)
    const seals = await checkChain(owner, keyring, tell)
    checkHeads(seals, headsFolder, keyring, tell)
    const open = await unsealed(owner, tell)
    return { seals: seals.length, sealedLines: seals.reduce((sum, seal) => sum + seal.line_count, 0), ...open, faults }
  } finally {
    await owner.query('ROLLBACK')
  }
}

type Tell = (fault: JournalFault) => void

async function checkLines(owner: pg.ClientBase, tell: Tell): Promise<void> {
  const wrong = await owner.query<{ seal_number: string; line_id: string; missing: boolean }>(
    `SELECT s.seal_number, s.line_id, l.id IS NULL AS missing FROM journal_sealed_line s LEFT JOIN journal_line l ON l.id = s.line_id
     WHERE l.id IS NULL OR journal_line_hash(l) <> s.line_hash ORDER BY s.seal_number, s.place LIMIT 1000`)
  for (const row of wrong.rows) {
    if (row.missing) tell({ kind: 'line-missing', seal: Number(row.seal_number), lineId: row.line_id, text: { zh: `第 ${row.seal_number} 批中的一行已不存在`, en: `a line of batch ${row.seal_number} is missing` } })
    else tell({ kind: 'line-changed', seal: Number(row.seal_number), lineId: row.line_id, text: { zh: `第 ${row.seal_number} 批中的一行被改动`, en: `a line of batch ${row.seal_number} was changed` } })
  }
  const unordered = await owner.query<{ seal_number: string; line_id: string }>(
    `SELECT seal_number, line_id FROM (
       SELECT s.seal_number, s.line_id, s.place, row_number() OVER (PARTITION BY s.seal_number ORDER BY l.at, l.id) AS right_place
       FROM journal_sealed_line s JOIN journal_line l ON l.id = s.line_id) o
     WHERE place <> right_place AND NOT EXISTS (SELECT FROM journal_sealed_line m LEFT JOIN journal_line x ON x.id = m.line_id WHERE m.seal_number = o.seal_number AND x.id IS NULL)
     ORDER BY seal_number, place LIMIT 1000`)
  const told = new Set<string>()
  for (const row of unordered.rows) {
    if (told.has(row.seal_number)) continue
    told.add(row.seal_number)
    tell({ kind: 'lines-reordered', seal: Number(row.seal_number), lineId: row.line_id, text: { zh: `第 ${row.seal_number} 批的行次序被改动`, en: `the order of lines in batch ${row.seal_number} was changed` } })
  }
}

async function checkChain(owner: pg.ClientBase, keyring: Keyring, tell: Tell): Promise<SealRow[]> {
  const { rows } = await owner.query<SealRow>(
    `SELECT j.number, j.line_count, j.previous_hash, j.head_hash, j.sealed_at, j.signature, sha256('yinqiao') AS first_hash,
       sha256(j.previous_hash || int8send(j.number) || h.hashes) AS chain_hash, coalesce(h.placed, 0) AS placed, h.last_place
     FROM journal_seal j LEFT JOIN (
       SELECT seal_number, count(*)::int AS placed, max(place) AS last_place, string_agg(line_hash, ''::bytea ORDER BY place) AS hashes FROM journal_sealed_line GROUP BY seal_number) h
       ON h.seal_number = j.number ORDER BY j.number`)
  let previous: SealRow | undefined
  for (const seal of rows) {
    const number = Number(seal.number)
    const expected = previous ? previous.head_hash : seal.first_hash
    if (number !== Number(previous?.number ?? 0) + 1) {
      tell({ kind: 'seal-missing', seal: number, lineId: null, text: { zh: `第 ${Number(previous?.number ?? 0) + 1} 批封存记录不存在`, en: `seal ${Number(previous?.number ?? 0) + 1} is missing` } })
    } else if (!seal.previous_hash.equals(expected)) {
      tell({ kind: 'chain-broken', seal: number, lineId: null, text: { zh: `第 ${number} 批与前一批不相连`, en: `batch ${number} does not follow the one before` } })
    }
    if (seal.placed > seal.line_count || (seal.last_place ?? 0) > seal.line_count) {
      tell({ kind: 'line-inserted', seal: number, lineId: null, text: { zh: `第 ${number} 批多出 ${seal.placed - seal.line_count} 行`, en: `batch ${number} has ${seal.placed - seal.line_count} line(s) too many` } })
    } else if (seal.placed < seal.line_count) {
      tell({ kind: 'line-missing', seal: number, lineId: null, text: { zh: `第 ${number} 批缺少 ${seal.line_count - seal.placed} 行`, en: `batch ${number} lacks ${seal.line_count - seal.placed} line(s)` } })
    } else if (!seal.chain_hash?.equals(seal.head_hash)) {
      tell({ kind: 'chain-broken', seal: number, lineId: null, text: { zh: `第 ${number} 批的校验值不符`, en: `the hash of batch ${number} does not agree` } })
    }
    const head = { number, lines: seal.line_count, hash: seal.head_hash.toString('hex'), at: new Date(seal.sealed_at).toISOString() }
    if (!keyring.verifyHead(headText(head), seal.signature)) {
      tell({ kind: 'bad-signature', seal: number, lineId: null, text: { zh: `第 ${number} 批的签名无效`, en: `the signature of batch ${number} is not valid` } })
    }
    previous = seal
  }
  return rows
}

// Who rewrites the chain inside the database cannot rewrite the heads that were kept outside it.
function checkHeads(seals: readonly SealRow[], folder: string, keyring: Keyring, tell: Tell): void {
  const inside = new Map(seals.map((seal) => [Number(seal.number), seal.head_hash.toString('hex')]))
  const heads = readHeads(folder)
  for (const head of heads) {
    const { signature, ...signed } = head
    if (!keyring.verifyHead(headText(signed), Buffer.from(signature, 'hex'))) {
      tell({ kind: 'bad-signature', seal: head.number, lineId: null, text: { zh: `库外第 ${head.number} 批封存头的签名无效`, en: `the kept head ${head.number} has no valid signature` } })
    } else if (!inside.has(head.number)) {
      tell({ kind: 'seal-missing', seal: head.number, lineId: null, text: { zh: `库外有第 ${head.number} 批封存头，库内没有`, en: `head ${head.number} is kept outside but is not in the database` } })
    } else if (inside.get(head.number) !== head.hash) {
      tell({ kind: 'chain-rewritten', seal: head.number, lineId: null, text: { zh: `第 ${head.number} 批与库外封存头不符：链被重写`, en: `batch ${head.number} differs from the head kept outside: the chain was rewritten` } })
    }
  }
  const kept = new Set(heads.map((head) => head.number))
  for (const seal of seals.slice(0, -1)) { // the newest may be between commit and append
    if (!kept.has(Number(seal.number))) tell({ kind: 'head-missing', seal: Number(seal.number), lineId: null, text: { zh: `库外缺少第 ${seal.number} 批封存头`, en: `head ${seal.number} is not kept outside` } })
  }
}

async function unsealed(owner: pg.ClientBase, tell: Tell): Promise<{ unsealedLines: number; oldestUnsealed: string | null }> {
  const { rows } = await owner.query<{ lines: number; oldest: Date | string | null }>(
    `SELECT count(*)::int AS lines, min(at) AS oldest FROM journal_line l WHERE NOT EXISTS (SELECT FROM journal_sealed_line s WHERE s.line_id = l.id)`)
  const late = await owner.query<{ id: string }>(
    `SELECT l.id FROM journal_line l WHERE l.at <= (SELECT max(sealed_at) - interval '1 day' FROM journal_seal)
       AND NOT EXISTS (SELECT FROM journal_sealed_line s WHERE s.line_id = l.id) ORDER BY l.at LIMIT 1000`)
  for (const row of late.rows) tell({ kind: 'line-inserted', seal: null, lineId: row.id, text: { zh: '有一行的时间早于已封存的批次，却未在其中：事后插入', en: 'a line is older than the sealed batches and in none of them: inserted afterwards' } })
  const row = rows[0]
  return { unsealedLines: row?.lines ?? 0, oldestUnsealed: row?.oldest == null ? null : new Date(row.oldest).toISOString() }
}
