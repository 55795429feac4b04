import { Button, Select } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { ActionButton } from '../../../ui/ActionButton.tsx'
import { Amount } from '../../../ui/Amount.tsx'
import { Block } from '../../../ui/Block.tsx'
import { useAct, useContract } from '../../../ui/client.ts'
import { useToast } from '../../../ui/Confirm.tsx'
import { DataTable, rowsSource } from '../../../ui/DataTable.tsx'
import { DateText } from '../../../ui/DateText.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { AreaField, DayField } from '../../../ui/fields.tsx'
import { FormDrawer } from '../../../ui/FormDrawer.tsx'
import { Note } from '../../../ui/Note.tsx'
import { usePhone } from '../../../ui/settings.ts'
import { Tag } from '../../../ui/Tag.tsx'
import { useText, type Say } from '../../../ui/text.ts'
import { useBank } from '../../../ui/UiProvider.tsx'
import { useForm } from '../../../ui/useForm.ts'
import { useListState } from '../../../ui/useListState.ts'
import { endRelation, getRelationGraph, listRelations, recordRelation, relationKinds, type RelationRow } from '../../relations/relation.contract.ts'
import { HouseholdActions, MakeHousehold } from './HouseholdForms.tsx'
import { OwnersPanel } from './OwnersPanel.tsx'
import { RecordRelation, type FindCustomers } from './RecordRelation.tsx'
import { edgeText, PartyName, RelationGraph } from './RelationGraph.tsx'
import { relationText } from './relation-text.ts'

const deepest = 20

/** The relations of a customer drawn and as a table, its groups and households, for a company its beneficial owners. */
export function RelationsPanel({ customerId, kind, findCustomers }: { customerId: string; kind: 'CORPORATE' | 'PERSON'; findCustomers: FindCustomers }) {
  const t = useText(relationText)
  const phone = usePhone()
  const list = useListState([])
  const [ended, setEnded] = useState(false)
  const [depth, setDepth] = useState(2)
  const [kinds, setKinds] = useState<string[]>([])
  const [expanded, setExpanded] = useState<string[]>([])
  const [form, setForm] = useState<'record' | 'household' | null>(null)
  const [ending, setEnding] = useState<RelationRow | null>(null)
  const relations = useContract(listRelations, { params: { customerId }, query: { ended: ended ? 'true' : 'false' } })
  const graph = useContract(getRelationGraph, { params: { customerId }, query: { depth: phone ? 1 : depth, ...(kinds.length === 0 ? {} : { kinds: kinds.join(',') }), ...(expanded.length === 0 ? {} : { expand: expanded.join(',') }) } })
  const { data } = relations
  const may = data?.may ?? {}
  const table = (
    <DataTable<RelationRow>
      plain label={t('relations')} list={list} source={rowsSource(data?.items)} rowKey={(row) => row.relationId} empty={<EmptyState title={t('noRelations')} hint={t('noRelationsHint')} />}
      columns={[
        { key: 'other', title: t('other'), show: (row) => <PartyName party={row.other} /> },
        { key: 'kind', title: t('kind'), card: 'tag', show: (row) => <span className="yq-row"><Tag>{t(row.kind)}</Tag>{!row.inForce && <Tag icon="■">{t('ended')}</Tag>}</span> },
        { key: 'role', title: t('role'), show: (row) => roleOf(row, t) },
        { key: 'what', title: t('told'), show: (row) => (row.kind === 'SHAREHOLDING' ? <Capital row={row} /> : edgeText(row.kind === 'MANAGEMENT' || row.kind === 'FAMILY' ? { ...row, means: null } : row, t)) },
        { key: 'evidence', title: t('evidence'), emptyAt: (row) => row.evidence === null, show: (row) => row.evidence ?? '--' },
        { key: 'since', title: t('since'), show: (row) => <><DateText date={row.from} form="data" />{row.to !== null && <> – <DateText date={row.to} form="data" /></>}</> },
        { key: 'by', title: t('enteredBy'), show: (row) => row.enteredBy ?? '--', card: 'none' },
        { key: 'end', title: '', card: 'action', show: (row) => (row.inForce && row.recordedHere && row.enteredBy !== null && may['relation.record']?.allowed ? <Button size="small" type="text" onClick={() => setEnding(row)}>{t('endRelation')}</Button> : null) },
      ]}
    />
  )
  const tools = !phone && (
    <>
      <Select aria-label={t('depth')} value={depth} onChange={setDepth} options={[1, 2, 3, 4, 6, deepest].map((n) => ({ value: n, label: t('depthOf', { n }) }))} style={{ width: 110 }} />
      <Select aria-label={t('kinds')} mode="multiple" maxTagCount="responsive" value={kinds} onChange={setKinds} placeholder={t('allKinds')} options={relationKinds.map((one) => ({ value: one, label: t(one) }))} style={{ minWidth: 180 }} />
    </>
  )
  return (
    <div className="yq-stack">
      {data?.waiting.map((one) => <Note key={one.proposalId} tone="info"><Link to={`/group-proposals/${one.proposalId}`}>{one.kind === 'HOUSEHOLD' ? t('maybeHousehold', { n: one.members - 1 }) : t('maybeGroup', { kind: t(one.kind), n: one.members })}</Link></Note>)}
      <Block
        title={t('relations')} loading={!data} error={relations.error ?? graph.error} updating={graph.isFetching} onRetry={() => {
          void relations.refetch()
          void graph.refetch()
        }}
        actions={
          <>
            <Button size="small" onClick={() => setEnded(!ended)}>{t(ended ? 'withoutEnded' : 'withEnded')}</Button>
            <ActionButton size="small" may={may['relation.record']} refusals={recordRelation.refusals} onClick={() => setForm('record')}>{t('record')}</ActionButton>
          </>
        }
      >
        {graph.data?.cut && <Note tone="warning">{t('cut')}</Note>}
        {data && data.items.length === 0 && (graph.data?.nodes.length ?? 0) <= 1
          ? <EmptyState title={t('noRelations')} hint={t('noRelationsHint')} />
          : <RelationGraph label={t('relations')} nodes={graph.data?.nodes ?? []} edges={graph.data?.edges ?? []} centre={graph.data?.center ?? null} table={table} tools={tools} onExpand={(id) => setExpanded((before) => [...before, id].slice(-80))} />}
      </Block>
      <div className="yq-grid" data-columns={kind === 'CORPORATE' ? '2' : undefined}>
        {kind === 'CORPORATE' && <OwnersPanel customerId={customerId} />}
        <Block title={t('groupsOf')} loading={!data} error={relations.error} actions={kind === 'PERSON' && <ActionButton size="small" may={may['household.change']} onClick={() => setForm('household')}>{t('household')}</ActionButton>}>
          {data?.groups.length === 0 ? <EmptyState title={t('noGroups')} /> : (
            <ul className="yq-stack" style={{ listStyle: 'none' }}>
              {data?.groups.map((group) => (
                <li key={group.groupId} className="yq-row">
                  <Link className="yq-name" to={`/groups/${group.groupId}`}>{group.name}</Link>
                  <Tag>{t(group.kind)}</Tag>
                  <span className="yq-quiet">{t(group.role as 'MEMBER')} · {t('memberCount', { n: group.members })} · <DateText date={group.from} form="data" />{group.to !== null && <> – <DateText date={group.to} form="data" /></>}{group.kind === 'HOUSEHOLD' && <> · {t(group.rollsUp ? 'rollsUp' : 'notRolled')}</>}</span>
                  <span className="yq-row"><span className="yq-quiet">{t('deposits')}</span> <Amount fen={group.sums.depositFen} /><span className="yq-quiet">{t('loans')}</span> <Amount fen={group.sums.loanFen} /><span className="yq-quiet">{t('sumOf', { n: group.sums.customers })}</span></span>
                  {group.kind === 'HOUSEHOLD' && group.to === null && may['household.change']?.allowed && <HouseholdActions customerId={customerId} groupId={group.groupId} findCustomers={findCustomers} />}
                </li>
              ))}
            </ul>
          )}
        </Block>
      </div>
      {form === 'record' && <RecordRelation customerId={customerId} kind={kind} findCustomers={findCustomers} onClose={() => setForm(null)} />}
      {form === 'household' && <MakeHousehold customerId={customerId} findCustomers={findCustomers} onClose={() => setForm(null)} />}
      {ending && <EndRelation customerId={customerId} row={ending} onClose={() => setEnding(null)} />}
    </div>
  )
}

function Capital({ row }: { row: RelationRow }) {
  const t = useText(relationText)
  return (
    <>
      {row.subscribedFen === null ? '--' : <>{t('subscribed')} <Amount fen={row.subscribedFen} /></>}
      {row.paidInFen !== null && <> · {t('paidIn')} <Amount fen={row.paidInFen} /></>}
      {row.crossHolding && <> · {t('crossHolding')}</>}
    </>
  )
}

function roleOf(row: RelationRow, t: Say<typeof relationText>): string {
  const incoming = row.direction === 'IN'
  const pct = row.sharePct ?? ''
  const post = row.means === null ? '' : t(row.means)
  switch (row.kind) {
    case 'SHAREHOLDING': return incoming ? t('holdsUs', { pct }) : t('weHold', { pct })
    case 'CONTROL': return t(incoming ? 'controlsUs' : 'weControl')
    case 'GUARANTEE': return t(incoming ? 'guaranteesUs' : 'weGuarantee')
    case 'SUPPLY': return t(incoming ? 'suppliesUs' : 'weSupply')
    case 'LEGAL_REPRESENTATIVE': return t(incoming ? 'representsUs' : 'weRepresent')
    case 'MANAGEMENT': return incoming ? t('managesUs', { post }) : t('weManage', { post })
    case 'FAMILY': return post
    default: return t(row.kind)
  }
}

function EndRelation({ customerId, row, onClose }: { customerId: string; row: RelationRow; onClose: () => void }) {
  const t = useText(relationText)
  const toast = useToast()
  const { today } = useBank()
  const act = useAct(endRelation, { refresh: ['relations', 'groups', 'owners'] })
  const form = useForm({
    initial: { on: today as string | null, reason: '' }, check: ({ on, reason }) => ({ on: on ? undefined : t('needed'), reason: reason.trim().length < 2 ? t('needed') : undefined }),
    send: ({ on, reason }) => act.mutateAsync({ params: { customerId, relationId: row.relationId }, body: { on: on ?? today, reason } }),
  })
  return (
    <FormDrawer title={t('endTitle')} open onClose={onClose} form={form} submit={t('endRelation')} onDone={() => toast(t('ended'))}>
      <p>{row.other.name} · {t(row.kind)}</p>
      <DayField form={form} name="on" label={t('endOn')} required from={row.from} to={today} hint={t('endHint')} />
      <AreaField form={form} name="reason" label={t('reason')} required max={200} />
    </FormDrawer>
  )
}
