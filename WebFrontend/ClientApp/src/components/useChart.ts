import type { EChartsType } from 'echarts/core'
import { onBeforeUnmount, onMounted, watch, type Ref, type WatchSource } from 'vue'
import { init } from './wall/echarts'

/** ECharts wants pixels and colours, the page has rems and custom properties. */
export interface Measures {
  rem: number
  font: string
  width: number
  of: (property: string) => string
}

/** A chart in an element: drawn when it is there, when its size changes and when its sources do. */
export function useChart(
  box: Readonly<Ref<HTMLElement | null>>,
  draw: (chart: EChartsType, measures: Measures) => void,
  sources: WatchSource[],
): void {
  let chart: EChartsType | undefined

  function redraw(): void {
    if (chart === undefined || box.value === null) return
    const style = getComputedStyle(box.value)
    draw(chart, {
      rem: Number.parseFloat(getComputedStyle(document.documentElement).fontSize),
      font: style.fontFamily,
      width: box.value.clientWidth,
      of: (property) => style.getPropertyValue(property).trim(),
    })
  }

  const resized = new ResizeObserver(() => {
    chart?.resize()
    redraw()
  })

  onMounted(() => {
    chart = init(box.value!, undefined, { renderer: 'svg' })
    redraw()
    resized.observe(box.value!)
  })
  watch(sources, redraw)
  onBeforeUnmount(() => {
    resized.disconnect()
    chart?.dispose()
  })
}
