// A chart over time with its figures beside it: the picture is for eyes, the sentence and the table for everybody (WCAG 1.1.1).
import 'uplot/dist/uPlot.min.css';
import { useComputedColorScheme, useMantineTheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';

export interface Line {
  readonly label: string;
  /** One value for each of `times`; null leaves a gap. */
  readonly values: readonly (number | null)[];
  readonly colour: 'main' | 'second' | 'quiet';
  readonly isDashed?: boolean;
  readonly isBars?: boolean;
  /** Joined across gaps. */
  readonly spans?: boolean;
  readonly isHidden?: boolean;
}

export interface ChartProps {
  readonly label: string;
  /** Seconds since 1970. */
  readonly times: readonly number[];
  readonly lines: readonly Line[];
  /** Two of the lines (by number, from 0) with the room between them shaded. */
  readonly band?: readonly [low: number, high: number];
  readonly format: (value: number) => string;
  readonly time: (seconds: number) => string;
  /** What happened when, as upright lines. */
  readonly marks?: readonly number[];
  readonly max?: number;
}

const HEIGHT = 260;

export function Chart(props: ChartProps) {
  const { label, times, lines, band, format, time, marks, max } = props;
  const place = useRef<HTMLDivElement>(null);
  const theme = useMantineTheme();
  const isDark = useComputedColorScheme('light') === 'dark';
  useEffect(() => {
    const box = place.current;
    if (box === null) return;
    const ink = isDark ? '#c9d1d9' : '#495057';
    const rule = isDark ? '#30363d' : '#e9ecef';
    const jade = theme.colors['jade'] ?? [];
    const colours = {
      main: (isDark ? jade[4] : jade[7]) ?? ink,
      second: isDark ? '#ffb366' : '#b35900',
      quiet: isDark ? '#8b949e' : '#868e96',
    };
    const axis = {
      stroke: ink,
      grid: { stroke: rule, width: 1 },
      ticks: { stroke: rule, width: 1 },
      font: '12px system-ui',
    };
    const plot = new uPlot(
      {
        width: Math.max(240, box.clientWidth),
        height: HEIGHT,
        legend: { show: false },
        cursor: { show: false },
        scales: { y: { range: (_, low, high) => [Math.min(0, low), max ?? Math.max(1, high * 1.05)] } },
        axes: [
          { ...axis, space: 72, values: (_, ticks) => ticks.map(time) },
          { ...axis, size: 56, values: (_, ticks) => ticks.map(format) },
        ],
        series: [
          {},
          ...lines.map(({ colour, isDashed, isBars, spans, isHidden }) => ({
            stroke: isHidden === true ? 'transparent' : colours[colour],
            width: 2,
            points: { show: false },
            spanGaps: spans === true,
            ...(isDashed === true ? { dash: [6, 5] } : {}),
            ...(isBars === true && uPlot.paths.bars !== undefined
              ? { paths: uPlot.paths.bars({ size: [0.9] }), fill: `${colours[colour]}66`, width: 1 }
              : {}),
          })),
        ],
        ...(band === undefined
          ? {}
          : { bands: [{ series: [band[1] + 1, band[0] + 1] as [number, number], fill: `${colours.main}2e` }] }),
        hooks: {
          draw: [
            (u) => {
              u.ctx.save();
              u.ctx.strokeStyle = colours.second;
              u.ctx.setLineDash([2, 4]);
              for (const at of marks ?? []) {
                const x = u.valToPos(at, 'x', true);
                u.ctx.beginPath();
                u.ctx.moveTo(x, u.bbox.top);
                u.ctx.lineTo(x, u.bbox.top + u.bbox.height);
                u.ctx.stroke();
              }
              u.ctx.restore();
            },
          ],
        },
      },
      [[...times], ...lines.map(({ values }) => [...values])] as uPlot.AlignedData,
      box,
    );
    const watch = new ResizeObserver(() => plot.setSize({ width: Math.max(240, box.clientWidth), height: HEIGHT }));
    watch.observe(box);
    return () => {
      watch.disconnect();
      plot.destroy();
    };
  }, [times, lines, band, format, time, marks, max, isDark, theme]);
  return <div ref={place} role="img" aria-label={label} className="chart" />;
}
