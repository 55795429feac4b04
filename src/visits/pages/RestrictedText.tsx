import { Modal } from 'antd'
import { useContract } from '../../ui/client.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { mark, useText } from '../../ui/text.ts'
import { readRestrictedText } from '../restricted-text.contract.ts'
import { visitsText } from './visits-text.ts'

/** Shows a restricted text to one of its readers. Asked for once each time it is opened: each reading leaves a line. */
export function RestrictedText({ textId, onClose }: { textId: string; onClose: () => void }) {
  const t = useText(visitsText)
  const { data, error } = useContract(readRestrictedText, { params: { textId } }, { keepOld: false })
  return (
    <Modal open title={t('restricted')} onCancel={onClose} footer={null} destroyOnHidden>
      {error ? <ErrorState error={error} /> : !data ? <Skeleton /> : (
        <div className="yq-stack">
          <div style={{ whiteSpace: 'pre-wrap' }}>{data.text ?? t('unreadable')}</div>
          <Facts facts={[
            { label: t('customer'), value: data.customerName }, { label: t('author'), value: data.authorName }, { label: t('written'), value: data.writtenOn },
            { label: t('readers'), value: data.readers.map((one) => one.name).join(mark('、')) },
          ]} />
          <div className="yq-quiet yq-small">{t('restrictedRead')}</div>
        </div>
      )}
    </Modal>
  )
}
