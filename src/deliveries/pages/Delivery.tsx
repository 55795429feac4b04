import { Button } from 'antd'
import { useState } from 'react'
import { useParams } from 'react-router'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { Block } from '../../ui/Block.tsx'
import { call, useAct, useContract } from '../../ui/client.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { Moment } from '../../ui/DateText.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState, isNotFound } from '../../ui/ErrorState.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { TextField } from '../../ui/fields.tsx'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { NotFound } from '../../ui/NotFound.tsx'
import { Note } from '../../ui/Note.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { PlainTable } from '../../ui/PlainTable.tsx'
import { ProcessSteps } from '../../ui/ProcessSteps.tsx'
import { usePick, useText } from '../../ui/text.ts'
import { useForm } from '../../ui/useForm.ts'
import { useListState } from '../../ui/useListState.ts'
import { useMay } from '../../ui/who.ts'
import type { ReplyOf } from '../../foundation/http/contract.ts'
import { getDelivery, listRejects, readRejectValue, signOffDelivery } from '../delivery.contract.ts'
import { Running, StateTag } from './Deliveries.tsx'
import { deliveriesText, deliveryWords } from './deliveries-text.ts'

type Shown = ReplyOf<typeof getDelivery>

/** One delivery: how far it is, its control totals beside what was read, what it changed, what was not taken and why. */
export default function Delivery() {
  const t = useText(deliveriesText)
  const may = useMay()
  const { deliveryId = '' } = useParams()
  const source = useContract(getDelivery, { params: { deliveryId } }, { refetchEvery: 3_000, keepOld: true })
  const pick = usePick()
  const named = (word: string): string => {
    const known = deliveryWords[word]
    return known ? pick(known) : word
  }
  const sign = useAct(signOffDelivery, { refresh: ['deliveries'] })
  const data = source.data
  if (isNotFound(source.error)) return <NotFound />
  if (!data) return <Page><PageHeader title={t('deliveries')} />{source.error ? <ErrorState error={source.error} onRetry={() => void source.refetch()} /> : null}</Page>
  const { delivery } = data
  const runs = data.job !== null && (data.job.state === 'RUNNING' || data.job.state === 'WAITING')
  return (
    <Page>
      <PageHeader
        title={t('delivery', { day: delivery.businessDate })} crumbs={[{ title: t('deliveries'), to: '/deliveries' }]} tags={<StateTag row={delivery} />} sub={`${t(delivery.kind)} · ${delivery.folder} · ${delivery.profile}`}
        actions={delivery.signedAt === null && <ActionButton may={data.may['delivery.sign-off']} refusals={signOffDelivery.refusals} visible onClick={() => sign.mutate({ params: { deliveryId } })} type="primary">{t('signOff')}</ActionButton>}
      />
      <Steps shown={data} runs={runs} />
      {runs && data.job && <Running job={data.job} mayStop={may('job.stop')} />}
      {delivery.refusal && <Refusal refusal={delivery.refusal} />}
      {!runs && delivery.state === 'CHECKING' && <Note tone="warning">{t('interrupted')}</Note>}
      {delivery.signedBy !== null && delivery.signedAt !== null && <Note tone="success">{t('signedOff', { who: delivery.signedBy })} · <Moment at={delivery.signedAt} /></Note>}
      <div className="yq-grid" data-columns="2-1">
        <Block title={t('control')} flush>
          <PlainTable
            label={t('control')}
            columns={[{ key: 'file', title: t('file') }, { key: 'measure', title: t('measure') }, { key: 'expected', title: t('expected'), right: true }, { key: 'actual', title: t('actual'), right: true }, { key: 'difference', title: t('difference'), right: true }]}
            rows={data.totals.map((total) => ({
              key: `${total.file} ${total.measure}`,
              cells: [total.file, named(total.measure), grouped(total.expected) ?? t('none'), grouped(total.received), total.difference === null ? t('none') : `${grouped(total.difference) ?? ''} ${total.ties ? '√' : '×'}`],
            }))}
          />
        </Block>
        <div className="yq-stack">
          <Block title={t('state')}>
            <Facts facts={[
              { label: t('received'), value: <Moment at={delivery.receivedAt} /> }, { label: t('rows'), value: grouped(delivery.rowsRead) }, { label: t('changed'), value: grouped(delivery.rowsChanged) },
              { label: t('rejects'), value: grouped(String(delivery.rowsRejected)) }, { label: t('later'), value: grouped(String(delivery.rowsLater)) },
              { label: t('seconds'), value: delivery.seconds === null ? t('none') : t('secondsOf', { n: Number(delivery.seconds).toFixed(1) }) },
            ]} />
          </Block>
          <Block title={t('effects')} flush>
            {data.effects.length === 0 ? <EmptyState title={t('nothingChanged')} /> : (
              <PlainTable label={t('effects')} columns={[{ key: 'table', title: t('table') }, { key: 'what', title: t('kind') }, { key: 'rows', title: t('row'), right: true }]}
                rows={data.effects.map((effect, place) => ({ key: String(place), cells: [named(effect.table), t(effect.what), grouped(effect.rows)] }))} />
            )}
          </Block>
        </div>
      </div>
      {delivery.rowsRejected > 0 && <Rejected deliveryId={deliveryId} />}
    </Page>
  )
}

function Steps({ shown, runs }: { shown: Shown; runs: boolean }) {
  const t = useText(deliveriesText)
  const { delivery } = shown
  const loaded = delivery.state === 'LOADED'
  const refused = delivery.state === 'REFUSED'
  return (
    <ProcessSteps label={t('state')} steps={[
      { key: 'received', name: t('received'), state: 'done' },
      { key: 'checking', name: t('checkStep'), state: loaded ? 'done' : refused ? 'ended' : runs ? 'now' : 'late' },
      { key: 'loaded', name: t('loadStep'), state: loaded ? 'done' : 'future' },
      { key: 'control', name: t('control'), state: loaded && delivery.ties ? 'done' : 'future' },
      { key: 'signed', name: t('signOff'), state: delivery.signedAt !== null ? 'done' : loaded ? 'now' : 'future' },
    ]} />
  )
}

function Refusal({ refusal }: { refusal: { zh: string; en: string } }) {
  const pick = usePick()
  return <Note tone="error">{pick(refusal)}</Note>
}

function Rejected({ deliveryId }: { deliveryId: string }) {
  const t = useText(deliveriesText)
  const pick = usePick()
  const may = useMay()
  const list = useListState([])
  const source = useContract(listRejects, { params: { deliveryId }, query: { cursor: list.query.cursor, limit: 50 } })
  const [asked, setAsked] = useState<{ number: number; row: number } | null>(null)
  const [values, setValues] = useState<ReadonlyMap<number, string>>(new Map())
  return (
    <Block title={t('rejectList')} flush>
      <DataTable
        label={t('rejectList')} list={list} source={source} rowKey={(row) => String(row.number)} measure="行" measureEn="{n|row|rows}"
        columns={[
          { key: 'file', title: t('file'), show: (row) => row.file },
          { key: 'row', title: t('row'), kind: 'number', value: (row) => row.row },
          { key: 'column', title: t('column'), show: (row) => (row.column === '' ? t('none') : row.column) },
          { key: 'value', title: t('value'), show: (row) => {
            const known = values.get(row.number)
            if (known !== undefined) return <code>{known}</code>
            if (!row.hasValue) return t('none')
            return may('delivery.reject-value') ? <Button size="small" onClick={() => setAsked({ number: row.number, row: row.row })}>{t('look')}</Button> : <span className="yq-quiet">{t('onlySteward')}</span>
          } },
          { key: 'reason', title: t('reason'), show: (row) => pick(row.reason) },
        ]}
        empty={<EmptyState title={t('noRejects')} />}
      />
      {asked && <Look deliveryId={deliveryId} asked={asked} onClose={() => setAsked(null)} onValue={(value) => setValues((before) => new Map(before).set(asked.number, value))} />}
    </Block>
  )
}

function Look({ deliveryId, asked, onClose, onValue }: { deliveryId: string; asked: { number: number; row: number }; onClose: () => void; onValue: (value: string) => void }) {
  const t = useText(deliveriesText)
  const form = useForm({
    initial: { purpose: '' },
    check: (values) => ({ purpose: values.purpose.trim().length < 2 ? t('purposeNeeded') : undefined }),
    send: (values) => call(readRejectValue, { params: { deliveryId, number: asked.number }, body: { purpose: values.purpose.trim() } }).then(({ value }) => onValue(value)),
  })
  return (
    <FormDrawer title={t('lookTitle', { row: asked.row })} open onClose={onClose} form={form} submit={t('look')}>
      <TextField form={form} name="purpose" label={t('purpose')} hint={t('purposeHint')} required />
    </FormDrawer>
  )
}

/** 1234567.89 → 1,234,567.89 */
function grouped(value: string): string
function grouped(value: string | null): string | null
function grouped(value: string | null): string | null {
  return value === null ? null : value.replace(/^(-?\d+)/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ','))
}
