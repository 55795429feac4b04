import { Button, Input } from 'antd'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import type { ReplyOf } from '../../../foundation/http/contract.ts'
import { ActionButton } from '../../../ui/ActionButton.tsx'
import { Block } from '../../../ui/Block.tsx'
import { useAct, useContract } from '../../../ui/client.ts'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { ErrorState } from '../../../ui/ErrorState.tsx'
import { Note } from '../../../ui/Note.tsx'
import { Page, PageHeader } from '../../../ui/PageHeader.tsx'
import { DecidedChanges, WaitingChanges, type Difference } from '../../../ui/ProposedChanges.tsx'
import { mark, usePick, useText } from '../../../ui/text.ts'
import { acknowledgeScheme, decideScheme, openSchemeDesk, proposeScheme, type SchemeChange } from '../../schemes/scheme-change.contract.ts'
import { builderText, findingText } from './block-text.ts'
import { comparedVersion, differencesOfVersions } from './scheme-difference.ts'

type Copy = ReplyOf<typeof openSchemeDesk>['copies'][number]

/** Versions of schemes that wait: what changes against the version before, the warnings and who bears them, the second person. */
export default function SchemeDesk() {
  const t = useText(builderText)
  const pick = usePick()
  const go = useNavigate()
  const { data, error, refetch } = useContract(openSchemeDesk, {})
  const decide = useAct(decideScheme, { refresh: ['schemes', 'listSchemes'] })
  const titleOf = (one: SchemeChange): string => `${pick({ zh: one.name, en: one.nameEn })} · ${one.code}`
  const differencesOf = (one: SchemeChange): Difference[] => {
    const held: Copy | undefined = data?.copies.find(({ key, code }) => code === one.code && !key.startsWith('house'))
    return differencesOfVersions(held ? comparedVersion(held.version) : null, comparedVersion(one.version), pick)
  }
  return (
    <Page>
      <PageHeader title={t('desk')} crumbs={[{ title: t('schemes'), to: '/schemes' }]} sub={t('deskSub')}
        actions={data && <ActionButton type="primary" may={data.mayChange} refusals={proposeScheme.refusals} onClick={() => void go('/schemes/new')}>{t('newScheme')}</ActionButton>} />
      {!data && error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data && data.changes.length === 0 && <Block title={t('desk')}><EmptyState title={t('noChange')} /></Block>}
      {data && (
        <WaitingChanges
          changes={data.changes} titleOf={titleOf} differencesOf={differencesOf} refusals={decideScheme.refusals} decide={(changeId, body) => decide.mutateAsync({ params: { changeId }, body })}
          effectOf={(one) => (one.findings.length === 0 ? null : <Warnings key={one.id} change={one} />)}
        />
      )}
      {data && <DecidedChanges changes={data.changes} titleOf={titleOf} differencesOf={differencesOf} />}
    </Page>
  )
}

/** The warnings of a change, and compliance's words under them. */
function Warnings({ change }: { change: SchemeChange }) {
  const t = useText(builderText)
  const pick = usePick()
  const [text, setText] = useState('')
  const act = useAct(acknowledgeScheme, { refresh: ['schemes'] })
  return (
    <div className="yq-stack">
      <Note tone="warning">{change.findings.map((one) => pick(findingText(one))).join(mark('；'))}</Note>
      {change.acknowledgement !== null ? <p>{t('acknowledged', { name: change.acknowledgedBy ?? '', day: change.acknowledgedOn ?? '' })}{mark('：')}{change.acknowledgement}</p> : change.mayAcknowledge.allowed ? (
        <div className="yq-stack">
          <Input.TextArea aria-label={t('acknowledge')} placeholder={t('acknowledgeHint')} value={text} maxLength={300} rows={2} onChange={(event) => setText(event.target.value)} />
          {act.error && <ErrorState error={act.error} onRetry={() => act.reset()} />}
          <div><Button loading={act.isPending} disabled={text.trim().length < 10} onClick={() => act.mutate({ params: { changeId: change.id }, body: { text: text.trim() } })}>{t('acknowledge')}</Button></div>
        </div>
      ) : <p className="yq-quiet">{t('waitsForCompliance')}</p>}
    </div>
  )
}
