import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { newId } from '../../../foundation/values/uuid7.ts'
import { Amount } from '../../../ui/Amount.tsx'
import { Block } from '../../../ui/Block.tsx'
import { useAct, useContract } from '../../../ui/client.ts'
import { useConfirm, useToast } from '../../../ui/Confirm.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { ErrorState } from '../../../ui/ErrorState.tsx'
import { AreaField, TextField } from '../../../ui/fields.tsx'
import { FormDrawer } from '../../../ui/FormDrawer.tsx'
import { NotFound } from '../../../ui/NotFound.tsx'
import { Note } from '../../../ui/Note.tsx'
import { Page, PageHeader } from '../../../ui/PageHeader.tsx'
import { PlainTable } from '../../../ui/PlainTable.tsx'
import { useSettings } from '../../../ui/settings.ts'
import { ShareFields, shareFinding, sharedAs, shareOf, usePostName } from '../../../ui/ShareFields.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { Tag } from '../../../ui/Tag.tsx'
import { aside, countText, useText } from '../../../ui/text.ts'
import { useForm } from '../../../ui/useForm.ts'
import { changeSegment, createSegment, endSegment, listSegmentFields, listSegments, trySegment, type SegmentDefinition, type SegmentView } from '../../lists/segment.contract.ts'
import { ConditionEditor, isFilled } from './ConditionEditor.tsx'
import { listsText } from './lists-text.ts'

/** Milliseconds after the last change. */
const pauseOfTyping = 600
const empty: SegmentDefinition = { match: 'ALL', groups: [{ match: 'ALL', conditions: [{ field: 'tier', op: 'IN', values: [] }] }] }

/** A segment: its conditions, how many customers of my scope it finds today and the first of them; saved, shared, opened in the list. */
export default function SegmentPage() {
  const id = useParams()['segmentId']
  const segments = useContract(listSegments, {})
  const fields = useContract(listSegmentFields, {}, { staleTime: 300_000 })
  const error = segments.error ?? fields.error
  if (error && (!segments.data || !fields.data)) return <Page><ErrorState error={error} onRetry={() => { void segments.refetch(); void fields.refetch() }} /></Page>
  if (!segments.data || !fields.data) return <Page><Skeleton lines={8} /></Page>
  const segment = segments.data.items.find((one) => one.id === id)
  if (id !== undefined && !segment) return <NotFound />
  return <Builder key={`${id ?? 'new'} ${segment?.changedAt ?? ''}`} segment={segment ?? null} fields={fields.data.fields} most={fields.data.mostConditions} />
}

type BuilderProps = { segment: SegmentView | null; fields: React.ComponentProps<typeof ConditionEditor>['fields']; most: number }

function Builder({ segment, fields, most }: BuilderProps) {
  const t = useText(listsText)
  const { language } = useSettings()
  const navigate = useNavigate()
  const confirm = useConfirm()
  const postName = usePostName()
  const [definition, setDefinition] = useState<SegmentDefinition>(segment?.definition ?? empty)
  const [asked, setAsked] = useState<SegmentDefinition | null>(segment?.definition ?? null)
  const [saving, setSaving] = useState<'same' | 'new' | null>(null)
  const [missing, setMissing] = useState(false)
  const found = useContract(trySegment, { body: { definition: asked ?? empty } }, { enabled: asked !== null, keepOld: true })
  const filled = definition.groups.every((group) => group.conditions.every(isFilled))
  // the number of hits follows what is set, as soon as nothing is missing and nobody types any more
  useEffect(() => {
    if (!filled) return undefined
    const wait = setTimeout(() => setAsked(definition), pauseOfTyping)
    return () => clearTimeout(wait)
  }, [definition, filled])
  const end = useAct(endSegment, { refresh: ['segments', 'customers'], onDone: () => void navigate('/segments') })
  const changed = segment !== null && JSON.stringify(definition) !== JSON.stringify(segment.definition)
  const whenFilled = (then: () => void) => (): void => {
    setMissing(!filled)
    if (filled) then()
  }
  const remove = async (): Promise<void> => {
    if (segment && (await confirm({ title: t('deleteSegmentAsk', { name: segment.name }), ...(segment.shared ? { effect: t('deleteSegmentEffect') } : {}), verb: t('deleteSegment'), danger: true }))) end.mutate({ params: { segmentId: segment.id } })
  }
  const query = whenFilled(() => {
    if (JSON.stringify(asked) === JSON.stringify(definition)) void found.refetch()
    setAsked(definition)
  })
  const rows = asked === null ? [] : found.data?.rows ?? []
  return (
    <Page>
      <PageHeader
        title={segment?.name ?? t('newSegment')} crumbs={[{ title: t('segments'), to: '/segments' }]} sub={segment?.about ?? undefined}
        tags={segment && (segment.mine ? segment.shared && <Tag>{segment.sharedPost === null ? t('sharedLine') : aside(t('sharedLine'), postName(segment.sharedPost))}</Tag> : <Tag>{t('sharedBy', { name: segment.ownerName })}</Tag>)}
        actions={
          <>
            {segment && !changed && <Button type="primary" onClick={() => void navigate(`/customers?segment=${segment.id}`)}>{t('openInList')}</Button>}
            {(segment === null || segment.mine) && <Button {...(segment === null || changed ? { type: 'primary' as const } : {})} onClick={whenFilled(() => setSaving('same'))}>{t('saveSegment')}</Button>}
            {segment && <Button onClick={whenFilled(() => setSaving('new'))}>{t('saveAs')}</Button>}
            {segment?.mine && <Button danger onClick={() => void remove()}>{t('deleteSegment')}</Button>}
          </>
        }
      />
      {changed && <Note tone="info">{t('unsaved')}</Note>}
      <Block title={t('conditions')} actions={<Button onClick={query} loading={found.isFetching}>{t('query')}</Button>}>
        {missing && !filled && <Note tone="error"><span role="alert">{t('wrongValue')}</span></Note>}
        <ConditionEditor fields={fields} definition={definition} onChange={setDefinition} most={most} />
      </Block>
      <Block title={asked !== null && found.data ? t('hits', { n: countText(found.data.count, language) }) : t('hitsTitle')} flush={rows.length > 0} updating={found.isFetching} error={found.error ?? undefined} onRetry={() => void found.refetch()}>
        {asked === null ? <EmptyState title={t('notAskedYet')} /> : found.data && rows.length === 0 ? <EmptyState title={t('noHits')} /> : (
          <>
            <p className="yq-quiet yq-small yq-block-body" style={{ paddingBottom: 0 }} role="status">{t('hitsAsked')} · {t('firstRows', { n: rows.length })}</p>
            <PlainTable
              label={t('firstRows', { n: rows.length })} columns={[{ key: 'name', title: t('name') }, { key: 'tier', title: t('tier') }, { key: 'adb', title: t('monthAdb'), right: true }, { key: 'outlet', title: t('outlet') }, { key: 'manager', title: t('manager') }]}
              rows={rows.map((row) => ({ key: row.customerId, cells: [<Link className="yq-name" to={`/customers/${row.customerId}`}>{row.name}</Link>, t(row.tier), <Amount fen={row.monthAdbFen} />, row.outletName, row.managerName ?? '--'] }))}
            />
          </>
        )}
      </Block>
      {saving && <SaveSegment segment={saving === 'new' ? null : segment} definition={definition} onClose={() => setSaving(null)} />}
    </Page>
  )
}

function SaveSegment({ segment, definition, onClose }: { segment: SegmentView | null; definition: SegmentDefinition; onClose: () => void }) {
  const t = useText(listsText)
  const toast = useToast()
  const navigate = useNavigate()
  const create = useAct(createSegment, { refresh: ['segments'] })
  const change = useAct(changeSegment, { refresh: ['segments', 'customers'] })
  const form = useForm({
    initial: { id: newId(), name: segment?.name ?? '', about: segment?.about ?? '', ...sharedAs(segment?.shared === true, segment?.sharedPost ?? null) },
    check: (values) => ({ name: values.name.trim() === '' ? t('needed') : undefined, post: shareFinding(values, t('needed')) }),
    send: async ({ id, name, about, share, post }) => {
      const body = { name, about: about.trim() === '' ? null : about, definition, share: shareOf({ share, post }) }
      if (segment) await change.mutateAsync({ params: { segmentId: segment.id }, body: { ...body, changedAt: segment.changedAt } })
      else {
        await create.mutateAsync({ body: { id, ...body } })
        void navigate(`/segments/${id}`)
      }
    },
  })
  return (
    <FormDrawer title={t('saveSegment')} open onClose={onClose} form={form} submit={t('save')} onDone={() => toast(t('segmentSaved'))}>
      <TextField form={form} name="name" label={t('name')} required max={40} />
      <AreaField form={form} name="about" label={t('about')} max={200} />
      <ShareFields form={form} hint={t('sharedHint')} />
    </FormDrawer>
  )
}
