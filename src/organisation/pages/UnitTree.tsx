import { Tree } from 'antd'
import { useMemo, useState } from 'react'
import { useSettings } from '../../ui/settings.ts'
import type { InstitutionView } from '../institution.contract.ts'

type Node = { key: string; title: React.ReactNode; children: Node[] }

/** The tree of units with how many people report to each; choosing one narrows the list of people, choosing it again widens it. */
export function UnitTree({ units, chosen, onChoose, label }: { units: readonly InstitutionView[]; chosen: number | null; onChoose: (key: number | null) => void; label: string }) {
  const { language } = useSettings()
  const nodes = useMemo(() => {
    const byKey = new Map<number, Node>()
    const roots: Node[] = []
    for (const unit of units) {
      const node: Node = { key: String(unit.key), title: <>{language === 'zh' ? unit.name : unit.nameEn}{unit.inLine > 0 && <span className="yq-quiet yq-small yq-num"> {unit.inLine}</span>}</>, children: [] }
      byKey.set(unit.key, node)
      const parent = unit.parentKey === null ? undefined : byKey.get(unit.parentKey)
      ;(parent?.children ?? roots).push(node)
    }
    return roots
  }, [units, language])
  // the upper levels stand open at first
  const first = useMemo(() => units.filter((unit) => unit.path.length <= 7).map((unit) => String(unit.key)), [units])
  const [opened, setOpened] = useState<readonly string[] | null>(null)
  return (
    <div className="yq-scroll" style={{ maxHeight: 560, overflowY: 'auto' }}>
      <Tree
        aria-label={label} treeData={nodes} blockNode selectedKeys={chosen === null ? [] : [String(chosen)]} expandedKeys={[...(opened ?? first)]} onExpand={(keys) => setOpened(keys.map(String))}
        onSelect={(keys) => onChoose(keys.length === 0 ? null : Number(keys[0]))}
      />
    </div>
  )
}
