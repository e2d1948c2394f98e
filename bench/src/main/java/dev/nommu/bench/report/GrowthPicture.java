package dev.nommu.bench.report;

import dev.nommu.bench.goal.Measurement;
import dev.nommu.bench.goal.Result;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Rectangle;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jfree.chart.ChartFactory;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.jfree.svg.SVGGraphics2D;

/** A plot of the time of a call against the number of live mappings, as SVG. */
public final class GrowthPicture {
  private static final int WIDTH = 760;
  private static final int HEIGHT = 420;
  private static final Pattern POINT = Pattern.compile("\\w+\\((\\w+), (\\d+), (\\w+)\\)");

  private GrowthPicture() {}

  /** Returns a plot of the measurements named {@code method(files, mappings, processes)}. */
  public static String of(Result growth) {
    XYSeriesCollection lines = new XYSeriesCollection();
    for (Measurement measured : growth.measured().values()) {
      Matcher point = POINT.matcher(measured.name());
      if (point.matches()) {
        String line = "files: %s, processes: %s".formatted(point.group(1), point.group(3));
        series(lines, line.toLowerCase(Locale.ROOT))
            .add(Double.parseDouble(point.group(2)), measured.figure());
      }
    }
    SVGGraphics2D svg = new SVGGraphics2D(WIDTH, HEIGHT);
    svg.setDefsKeyPrefix("growth");
    chart(growth.row().what(), lines).draw(svg, new Rectangle(WIDTH, HEIGHT));
    return svg.getSVGDocument();
  }

  private static XYSeries series(XYSeriesCollection lines, String name) {
    if (lines.getSeriesIndex(name) < 0) {
      lines.addSeries(new XYSeries(name));
    }
    return lines.getSeries(name);
  }

  private static JFreeChart chart(String title, XYSeriesCollection lines) {
    JFreeChart chart =
        ChartFactory.createXYLineChart(
            title, "mappings alive", "ns", lines, PlotOrientation.VERTICAL, true, false, false);
    XYPlot plot = chart.getXYPlot();
    plot.setDomainAxis(new LogAxis("mappings alive"));
    plot.setBackgroundPaint(Color.WHITE);
    plot.setRangeGridlinePaint(Color.LIGHT_GRAY);
    plot.getRangeAxis().setLowerBound(0);
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, true);
    renderer.setDefaultStroke(new BasicStroke(2));
    plot.setRenderer(renderer);
    return chart;
  }
}
