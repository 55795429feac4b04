import { Input } from 'antd'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { ActionButton } from '../../../ui/ActionButton.tsx'
import { Block } from '../../../ui/Block.tsx'
import { RefusalError, useAct, useContract } from '../../../ui/client.ts'
import { useConfirm, useToast } from '../../../ui/Confirm.tsx'
import { ErrorState, isNotFound } from '../../../ui/ErrorState.tsx'
import { Facts } from '../../../ui/Facts.tsx'
import { NotFound } from '../../../ui/NotFound.tsx'
import { Note } from '../../../ui/Note.tsx'
import { Page, PageHeader } from '../../../ui/PageHeader.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { Tag } from '../../../ui/Tag.tsx'
import { mark, useText } from '../../../ui/text.ts'
import { confirmMerge, getMerge, returnMerge, undoMerge } from '../../duplicates/duplicate.contract.ts'
import { duplicatesText } from './duplicates-text.ts'
import { MergeParts } from './MergeParts.tsx'

/** A merge that waits for its second person, was made, or was undone: what it does, who did what, and what may be done now. */
export default function MergeCase() {
  const t = useText(duplicatesText)
  const toast = useToast()
  const ask = useConfirm()
  const { caseId = '' } = useParams()
  const { data, error, refetch } = useContract(getMerge, { params: { caseId } }, { keepOld: false })
  const [opinion, setOpinion] = useState('')
  const [fault, setFault] = useState<string | null>(null)
  const done = (text: string) => ({ refresh: ['merges', 'duplicates', 'customers', 'customer'], onDone: () => { setOpinion(''); setFault(null); toast(text) } })
  const confirm = useAct(confirmMerge, done(t('done')))
  const giveBack = useAct(returnMerge, done(t('returned')))
  const undo = useAct(undoMerge, done(t('undone')))
  if (isNotFound(error)) return <NotFound />
  if (!data) return <Page>{error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={12} />}</Page>
  const { may } = data
  const act = async (send: () => Promise<unknown>): Promise<void> => {
    if ([...opinion.trim()].length < 2) return setFault(t('needOpinion'))
    try {
      await send()
    } catch (problem) {
      setFault(problem instanceof RefusalError ? problem.message : String(problem))
    }
  }
  const told = (one: { name: string; staffNo: string; on: string; reason: string | null } | null): string => (one === null ? '--' : `${one.name}${mark('（')}${one.staffNo}${mark('）')} ${one.on}${one.reason === null ? '' : `${mark('：')}${one.reason}`}`)
  // no bar for whom it does nothing: who proposed waits for the other, as the note says
  const mayAct = data.state === 'PROPOSED' ? may['merge.confirm']?.reason !== 'not-allowed' && may['merge.confirm']?.reason !== 'same-person' : may['merge.undo']?.allowed === true
  return (
    <Page>
      <PageHeader
        title={t('caseTitle')} crumbs={[{ title: t('parts'), to: '/duplicates?tab=merges' }]} sub={t(data.state === 'UNDONE' ? 'whatUndone' : 'whatText', { other: `${data.otherName} ${data.otherNumber}`, survivor: `${data.survivorName} ${data.survivorNumber}` })}
        tags={<Tag tone={data.state === 'PROPOSED' ? 'warning' : data.state === 'MERGED' ? 'success' : 'plain'}>{t(data.state)}</Tag>}
      />
      {data.state === 'PROPOSED' && may['merge.confirm']?.reason === 'same-person' && <Note tone="info">{t('ownWork')}</Note>}
      <Block title={t('history')}>
        <Facts facts={[
          { label: t('proposedBy'), value: told(data.proposed) }, { label: t('decidedBy'), value: told(data.decided) }, ...(data.undone ? [{ label: t('undoneBy'), value: told(data.undone) }] : []),
          ...(data.state === 'MERGED' && data.undoUntil !== null ? [{ label: t('undo'), value: t('undoUntil', { day: data.undoUntil }) }] : []), { label: t('openCustomer'), value: <Link to={`/customers/${data.customerId}`}>{data.survivorName}</Link> },
        ]} />
      </Block>
      <MergeParts preview={data.preview} choices={data.choices} />
      {mayAct && (
        <div style={{ position: 'sticky', bottom: 0, zIndex: 5 }}>
          <Block title={t('opinion')}>
            {fault !== null && <div role="alert"><Note tone="error">{fault}</Note></div>}
            <label htmlFor="merge-opinion" className="yq-sr">{t('opinion')}</label>
            <Input.TextArea id="merge-opinion" value={opinion} maxLength={200} autoSize={{ minRows: 1, maxRows: 4 }} onChange={(event) => setOpinion(event.target.value)} placeholder={t('opinion')} />
            <div className="yq-row" style={{ marginTop: 8 }}>
              {data.state === 'PROPOSED' ? (
                <>
                  <ActionButton type="primary" may={may['merge.confirm']} refusals={confirmMerge.refusals} loading={confirm.isPending} onClick={() => void act(() => confirm.mutateAsync({ params: { caseId }, body: { opinion } }))}>{t('confirm')}</ActionButton>
                  <ActionButton may={may['merge.return']} refusals={returnMerge.refusals} loading={giveBack.isPending} onClick={() => void act(() => giveBack.mutateAsync({ params: { caseId }, body: { reason: opinion } }))}>{t('giveBack')}</ActionButton>
                </>
              ) : (
                <ActionButton danger may={may['merge.undo']} refusals={undoMerge.refusals} loading={undo.isPending} onClick={() => void act(async () => {
                  if (await ask({ title: t('confirmUndo'), effect: t('undoEffect', { name: data.otherName }), verb: t('undo'), danger: true })) await undo.mutateAsync({ params: { caseId }, body: { reason: opinion } })
                })}>{t('undo')}</ActionButton>
              )}
            </div>
          </Block>
        </div>
      )}
    </Page>
  )
}
