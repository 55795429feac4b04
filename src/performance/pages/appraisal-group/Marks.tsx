import { Select } from 'antd'
import { useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { newId } from '../../../foundation/values/uuid7.ts'
import { ActionButton } from '../../../ui/ActionButton.tsx'
import { Block } from '../../../ui/Block.tsx'
import { useAct, useContract } from '../../../ui/client.ts'
import { useToast } from '../../../ui/Confirm.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { AreaField, ChoiceField, DecimalField } from '../../../ui/fields.tsx'
import { FormDrawer } from '../../../ui/FormDrawer.tsx'
import { Page, PageHeader } from '../../../ui/PageHeader.tsx'
import { PlainTable } from '../../../ui/PlainTable.tsx'
import { usePick, useText } from '../../../ui/text.ts'
import { useForm } from '../../../ui/useForm.ts'
import { giveMark, listAppraisalGroups, listMarks, putMotion, type MarkShown } from '../../appraisal-group/group.contract.ts'
import { groupText } from './group-text.ts'

/** A distance from the mean, always with its sign. */
const signed = (value: string): string => (/^-?0+(\.0+)?$/.test(value) ? value.replace('-', '') : value.startsWith('-') ? `−${value.slice(1)}` : `+${value}`)
const markText = /^\d{1,3}(\.\d{1,2})?$/
/** Marks of a month with evidence; each rater's leniency and spread; chair and secretary put marks to the group for calibration. */
export default function Marks() {
  const t = useText(groupText)
  const pick = usePick()
  const [search, setSearch] = useSearchParams()
  const [month, scheme] = [search.get('month'), search.get('scheme')]
  const { data, error, refetch } = useContract(listMarks, { query: { ...(month === null ? {} : { month }), ...(scheme === null ? {} : { scheme }) } })
  const [giving, setGiving] = useState(false)
  const [calibrating, setCalibrating] = useState<MarkShown | null>(null)
  const at = data?.schemes.find((one) => one.code === data.scheme)
  const schemeName = at ? pick({ zh: at.name, en: at.nameEn }) : data?.scheme ?? ''
  const itemName = (code: string): string => pick(data?.items.find((one) => one.code === code)?.name ?? { zh: code, en: code })
  const months = data ? Array.from({ length: 12 }, (_, back) => { const [year = 2000, at = 1] = data.month.split('-').map(Number); const count = year * 12 + at - 1 + 1 - back; return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, '0')}` }) : []
  const choose = (name: string, value: string): void => { const next = new URLSearchParams(search); next.set(name, value); setSearch(next) }
  return (
    <Page>
      <PageHeader
        title={t('marks')} sub={data && `${data.month}${schemeName === '' ? '' : ` · ${schemeName}`}`}
        actions={data && <>
          {data.mayGive.allowed && data.items.length > 0 && <ActionButton type="primary" may={data.mayGive} refusals={giveMark.refusals} onClick={() => setGiving(true)}>{t('give')}</ActionButton>}
          <Select aria-label={t('month')} value={data.month} options={months.map((value) => ({ value, label: value }))} onChange={(value: string) => choose('month', value)} />
          {data.schemes.length > 1 && <Select aria-label={t('scheme')} value={data.scheme} options={data.schemes.map((one) => ({ value: one.code, label: pick({ zh: one.name, en: one.nameEn }) }))} onChange={(value: string) => choose('scheme', value)} />}
        </>}
      />
      {data && data.raters.length > 0 && (
        <Block title={t('raters')} flush>
          <PlainTable label={t('raters')} stack="short" columns={[{ key: 'n', title: t('rater') }, { key: 'c', title: t('count'), right: true }, { key: 'm', title: t('mean'), right: true }, { key: 'l', title: t('leniency'), right: true }, { key: 's', title: t('spread'), right: true }]} rows={data.raters.map((one) => ({ key: one.name, cells: [one.name, one.marks, one.mean, signed(one.leniency), one.spread] }))} />
        </Block>
      )}
      <Block title={t('marks')} loading={!data && !error} error={error} onRetry={() => void refetch()} flush={(data?.marks.length ?? 0) > 0}>
        {data && (data.marks.length === 0 ? <EmptyState title={data.schemes.length === 0 ? t('noScheme') : t('noMarks')} /> : (
          <PlainTable
            label={t('marks')} stack="short" columns={[{ key: 'n', title: t('person') }, { key: 'i', title: t('item') }, { key: 'm', title: t('mark'), right: true }, { key: 'c', title: t('calibrated'), right: true }, { key: 'e', title: t('evidence') }, { key: 'r', title: t('rater') }, { key: 'a', title: '' }]}
            rows={data.marks.map((one) => ({ key: one.id, cells: [
              <span key="n">{one.name}<br /><span className="yq-quiet yq-small">{one.unitName}</span></span>, itemName(one.item), one.mark, one.calibrated === null ? '--' : one.calibrated.mark, <span key="e">{one.evidence}{one.text !== null && <div className="yq-quiet yq-small">{one.text}</div>}{one.calibrated !== null && <div className="yq-quiet yq-small">{one.calibrated.reason}</div>}</span>, `${one.by} ${one.on}`,
              data.groups.length > 0 && one.calibrated === null ? <ActionButton key="a" size="small" may={{ allowed: true, reason: null }} refusals={putMotion.refusals} onClick={() => setCalibrating(one)}>{t('calibrateOne')}</ActionButton> : null,
            ] }))}
          />
        ))}
      </Block>
      {giving && data && <GiveForm month={data.month} scheme={data.scheme} people={data.people} items={data.items} onClose={() => setGiving(false)} />}
      {calibrating && data && <CalibrateForm mark={calibrating} month={data.month} scheme={data.scheme} groups={data.groups} onClose={() => setCalibrating(null)} />}
    </Page>
  )
}

function GiveForm({ month, scheme, people, items, onClose }: { month: string; scheme: string; people: readonly { staffNo: string; name: string }[]; items: readonly { code: string; name: { zh: string; en: string }; weight: string }[]; onClose: () => void }) {
  const t = useText(groupText)
  const pick = usePick()
  const toast = useToast()
  const [id] = useState(newId)
  const send = useAct(giveMark, { refresh: ['marks'] })
  const form = useForm({
    initial: { staffNo: null as string | null, item: items[0]?.code ?? (null as string | null), mark: '', text: '', evidence: '' },
    check: (entry) => {
      const mark = Number(entry.mark)
      return { ...(entry.staffNo === null ? { staffNo: t('required') } : {}), ...(entry.item === null ? { item: t('required') } : {}), ...(!markText.test(entry.mark) || mark > 100 ? { mark: t('wrongMark') } : {}), ...(markText.test(entry.mark) && (mark > 95 || mark < 60) && entry.text.trim().length < 10 ? { text: t('textHint') } : {}), ...(entry.evidence.trim().length < 4 ? { evidence: t('required') } : {}) }
    },
    send: (entry) => send.mutateAsync({ body: { id, staffNo: entry.staffNo ?? '', scheme, item: entry.item ?? '', month, mark: entry.mark, text: entry.text, evidence: entry.evidence } }),
  })
  return (
    <FormDrawer title={`${t('give')} ${month}`} open onClose={onClose} form={form} submit={t('give')} onDone={() => toast(t('done'))}>
      <ChoiceField form={form} name="staffNo" label={t('person')} required options={people.map((one) => ({ value: one.staffNo, label: `${one.name} ${one.staffNo}` }))} />
      <ChoiceField form={form} name="item" label={t('item')} required options={items.map((one) => ({ value: one.code, label: pick(one.name) }))} />
      <DecimalField form={form} name="mark" label={t('mark')} required />
      <AreaField form={form} name="text" label={t('text')} hint={t('textHint')} max={500} />
      <AreaField form={form} name="evidence" label={t('evidence')} required max={500} />
    </FormDrawer>
  )
}

function CalibrateForm({ mark, month, scheme, groups, onClose }: { mark: MarkShown; month: string; scheme: string; groups: readonly { id: string; name: string }[]; onClose: () => void }) {
  const t = useText(groupText)
  const go = useNavigate()
  const [id] = useState(newId)
  const send = useAct(putMotion, { refresh: ['appraisal-groups', 'marks'] })
  const { data } = useContract(listAppraisalGroups, {})
  const form = useForm({
    initial: { group: groups[0]?.id ?? (null as string | null), mark: mark.mark, relatives: [] as string[], reason: '' }, check: (entry) => ({ ...(!markText.test(entry.mark) || Number(entry.mark) > 100 ? { mark: t('wrongMark') } : {}), ...(entry.reason.trim().length < 4 ? { reason: t('required') } : {}) }),
    send: (entry) => send.mutateAsync({ body: { id, kind: 'CALIBRATION', groupId: entry.group ?? '', scheme, month, marks: [{ markId: mark.id, mark: entry.mark, reason: entry.reason }], relatives: entry.relatives.map(Number), reasons: entry.reason } }),
  })
  return (
    <FormDrawer title={`${t('calibrateOne')} ${mark.name}`} open onClose={onClose} form={form} submit={t('calibrate')} onDone={() => void go(`/appraisal-group/motions/${id}`)}>
      <ChoiceField form={form} name="group" label={t('group2')} required options={groups.map((one) => ({ value: one.id, label: one.name }))} />
      <DecimalField form={form} name="mark" label={t('newMark')} required />
      <ChoiceField form={form} name="relatives" label={t('relatives')} many options={(data?.groups.find((one) => one.id === form.values.group)?.members ?? []).map((one) => ({ value: String(one.staffKey), label: one.name }))} />
      <AreaField form={form} name="reason" label={t('why')} required max={300} />
    </FormDrawer>
  )
}
