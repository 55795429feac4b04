import { Button } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { Amount } from '../../../ui/Amount.tsx'
import { Block } from '../../../ui/Block.tsx'
import { useContract } from '../../../ui/client.ts'
import { ErrorState } from '../../../ui/ErrorState.tsx'
import { Meter } from '../../../ui/Meter.tsx'
import { Percent } from '../../../ui/Percent.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { usePick, useText } from '../../../ui/text.ts'
import { groupOf, identityKinds, listOf } from '../../file/file-fields.contract.ts'
import { getFile, type FileView } from '../../file/file.contract.ts'
import { IdentityChanges } from '../identity/IdentityChanges.tsx'
import { fileText } from './file-text.ts'
import { GroupBlock, GroupDrawer, isEmptyGroup } from './GroupBlock.tsx'
import { IdentityBlock } from './IdentityBlock.tsx'
import { ListBlock, RowDrawers, type OpenRow } from './ListBlock.tsx'

/** The order of the parts, in two columns where there is room: who it is and whom to talk to; papers, other banks, the business, risk. */
const order = {
  CORPORATE: [['REGISTRATION', 'PEOPLE', 'CONTACTS', 'ADDRESSES', 'PROFILE', 'CONTACT_RULES', 'CONFIDENTIALITY'], ['DOCUMENTS', 'CONSENTS', 'BANKING', 'BANKS', 'PARTNERS', 'REPORTS', 'LITIGATION', 'RISK', 'SCREENING']],
  PERSON: [['PERSONAL', 'CONTACTS', 'ADDRESSES', 'FINANCES', 'CONTACT_RULES', 'CONFIDENTIALITY'], ['DOCUMENTS', 'CONSENTS', 'BANKING', 'BANKS', 'LITIGATION', 'RISK', 'SCREENING']],
} as const satisfies Record<string, readonly (readonly string[])[]>

/** The customer's file: how complete it is and what to do about it, then every part, each edited on its own. */
export function CustomerFile({ customerId }: { customerId: string }) {
  const t = useText(fileText)
  const pick = usePick()
  const [ended, setEnded] = useState(false)
  const [row, setRow] = useState<OpenRow | null>(null)
  const [editing, setEditing] = useState<FileView['groups'][number] | null>(null)
  const { data: file, error, refetch } = useContract(getFile, { params: { customerId }, query: ended ? { ended: 'true' } : {} })
  if (!file) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={12} />
  const columns: readonly (readonly string[])[] = order[file.kind]
  const codes = columns.flat()
  const isEmpty = (code: string): boolean => {
    const group = file.groups.find((one) => one.code === code)
    return group ? isEmptyGroup(group) && (code !== 'BANKING' || file.wallet.every((one) => one.share === null)) : (file.lists.find((one) => one.code === code)?.rows.length ?? 0) === 0
  }
  const part = (code: string, compact = false) => {
    const group = file.groups.find((one) => one.code === code)
    if (group) return <GroupBlock key={code} customerId={customerId} kind={file.kind} group={group} compact={compact} onEdit={() => setEditing(group)} mayReveal={file.may['customer.reveal']?.allowed === true} below={code === 'BANKING' ? <Wallet file={file} /> : undefined} />
    const list = file.lists.find((one) => one.code === code)
    return list ? <ListBlock key={code} customerId={customerId} code={code} rows={list.rows} may={file.may} onOpen={setRow} compact={compact} /> : null
  }
  const open = codes.filter(isEmpty)
  const called = (code: string): string => pick(groupOf(code) ?? listOf(code) ?? fileText.identities)
  return (
    <div className="yq-stack">
      <Completeness file={file} />
      <nav aria-label={t('parts')} className="yq-file-parts yq-no-print">
        {['IDENTITY', ...codes].map((code) => {
          const rows = file.lists.find((one) => one.code === code)?.rows.filter((row) => row.endedOn === null).length ?? 0
          const missing = file.completeness.missing.filter((one) => one.part === code).length
          return <a key={code} href={`#file-${code}`} className="yq-file-anchor" onClick={(event) => goTo(event, code)}>{called(code)}{rows > 0 && <span className="yq-num"> {rows}</span>}{missing > 0 && <b className="yq-small"> {t('lacks', { n: missing })}</b>}</a>
        })}
        <Button size="small" onClick={() => setEnded(!ended)}>{t(ended ? 'hideEnded' : 'ended')}</Button>
      </nav>
      <div className="yq-grid" data-columns="2">
        <IdentityBlock customerId={customerId} file={file} />
        <IdentityChanges customerId={customerId} />
      </div>
      <div className="yq-grid" data-columns="2">
        {columns.map((column) => <div key={column[0]} className="yq-stack">{column.filter((code) => !isEmpty(code)).map((code) => part(code))}</div>)}
      </div>
      {open.length > 0 && <Block title={t('notYet')}><ul className="yq-file-lines">{open.map((code) => part(code, true))}</ul></Block>}
      {row && <RowDrawers customerId={customerId} kind={file.kind} open={row} onClose={() => setRow(null)} />}
      {editing && <GroupDrawer customerId={customerId} kind={file.kind} group={editing} onClose={() => setEditing(null)} />}
    </div>
  )
}

function goTo(event: React.MouseEvent, code: string): void {
  event.preventDefault()
  document.getElementById(`file-${code}`)?.scrollIntoView({ block: 'start' })
}

const firstShown = 6

/** What a good file still lacks, as a list that says what to do. */
function Completeness({ file }: { file: FileView }) {
  const t = useText(fileText)
  const [all, setAll] = useState(false)
  const say = useMissing()
  const { share, filled, wanted, missing } = file.completeness
  return (
    <Block title={t('completeness')} asOf={file.asOf}>
      <div className="yq-stack">
        <div className="yq-row"><strong className="yq-num"><Percent ratio={share} /></strong><span className="yq-quiet yq-num">{t('filledOf', { filled, wanted })}</span></div>
        <Meter ratio={share} />
        {missing.length === 0 ? <span className="yq-quiet">{t('complete')}</span> : (
          <ul className="yq-file-missing">
            {missing.slice(0, all ? undefined : firstShown).map((one) => (
              <li key={`${one.code}-${one.about ?? ''}`}>{one.part === 'OWNERS' ? <Link to="?tab=relations">{say(one)}</Link> : <a href={`#file-${one.part}`} onClick={(event) => goTo(event, one.part)}>{say(one)}</a>}</li>
            ))}
          </ul>
        )}
        {missing.length > firstShown && <div><Button size="small" onClick={() => setAll(!all)}>{all ? t('showLess') : t('showAll', { n: missing.length })}</Button></div>}
      </div>
    </Block>
  )
}

function useMissing(): (missing: FileView['completeness']['missing'][number]) => string {
  const t = useText(fileText)
  const pick = usePick()
  return ({ code, about }) => {
    const documents = listOf('DOCUMENTS')?.fields.find((field) => field.name === 'documentKind')
    const known = [...(documents?.kind === 'choice' ? documents.options : []), ...identityKinds].find((one) => one.code === about)
    const name = known ? pick(known) : (about ?? '')
    const key = code === 'phone' ? 'phone-missing' : code
    return key in fileText ? (t as (key: string, values: Record<string, string>) => string)(key, { about: name }) : code
  }
}

function Wallet({ file }: { file: FileView }) {
  const t = useText(fileText)
  const pick = usePick()
  const services = listOf('BANKS')?.fields.find((field) => field.name === 'service')
  const told = file.wallet.filter((one) => one.share !== null)
  if (told.length === 0) return null
  return (
    <dl className="yq-facts" style={{ marginTop: 12 }}>
      {told.map((one) => (
        <div key={one.service}>
          <dt>{t('wallet')} · {pick((services?.kind === 'choice' ? services.options.find((option) => option.code === one.service) : undefined) ?? { zh: one.service, en: one.service })}</dt>
          <dd><span className="yq-num"><Percent ratio={one.share ?? '0'} /></span> <span className="yq-quiet yq-small"><Amount fen={one.oursFen} /> / <Amount fen={(BigInt(one.oursFen) + BigInt(one.elsewhereFen)).toString()} /></span></dd>
        </div>
      ))}
    </dl>
  )
}
