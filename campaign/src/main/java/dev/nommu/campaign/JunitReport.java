package dev.nommu.campaign;

import dev.nommu.campaign.CampaignReport.LostRange;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * A report in the format of Ant's JUnit task, which build servers read: a suite for each plugin,
 * with a test for each kind of work and one for each cause of an error.
 */
final class JunitReport {
  /** The characters not allowed in XML 1.0. */
  private static final String UNWRITABLE =
      "[^\\t\\n\\r\\x{20}-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]";

  private final CampaignReport report;
  private final XMLStreamWriter xml;

  private JunitReport(CampaignReport report, XMLStreamWriter xml) {
    this.report = report;
    this.xml = xml;
  }

  static String of(CampaignReport report) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      new JunitReport(report, xml).write();
      xml.flush();
    } catch (XMLStreamException impossible) {
      throw new IllegalStateException(impossible);
    }
    return text.toString();
  }

  private void write() throws XMLStreamException {
    xml.writeStartDocument("UTF-8", "1.0");
    xml.writeStartElement("testsuites");
    attribute("name", "campaign");
    for (String plugin : report.plan().plugins()) {
      suite(plugin);
    }
    xml.writeEndElement();
    xml.writeEndDocument();
  }

  private void suite(String plugin) throws XMLStreamException {
    List<Plan.Assignment> assignments =
        report.plan().assignments().stream().filter(each -> each.plugin().equals(plugin)).toList();
    List<Map.Entry<Cause, Sighting>> wrong =
        new TreeMap<>(report.harvest().sightings())
            .entrySet().stream()
                .filter(each -> each.getKey().isWrong())
                .filter(each -> each.getKey().plugin().equals(plugin))
                .toList();
    List<LostRange> lost =
        report.lost().stream().filter(each -> each.plugin().equals(plugin)).toList();
    xml.writeStartElement("testsuite");
    attribute("name", plugin);
    attribute("tests", String.valueOf(assignments.size() + wrong.size() + lost.size()));
    attribute("failures", String.valueOf(wrong.size()));
    attribute("errors", String.valueOf(lost.size()));
    attribute("skipped", "0");
    attribute("time", String.format(Locale.ROOT, "%.3f", report.took().toMillis() / 1000.0));
    for (Plan.Assignment each : assignments) {
      testCase(plugin, "%s, %s".formatted(each.work().id(), each.profile().id()));
      xml.writeEndElement();
    }
    for (Map.Entry<Cause, Sighting> each : wrong) {
      failure(each.getKey(), each.getValue());
    }
    for (LostRange each : lost) {
      lost(each);
    }
    xml.writeStartElement("system-out");
    text(report.summary());
    xml.writeEndElement();
    xml.writeEndElement();
  }

  private void failure(Cause cause, Sighting sighting) throws XMLStreamException {
    testCase(
        cause.plugin(),
        "%s, %s: %s %s"
            .formatted(cause.work().id(), cause.profile(), cause.rule(), cause.method()));
    xml.writeStartElement("failure");
    attribute("message", sighting.what());
    Optional<KeptFinding> kept = Optional.ofNullable(report.kept().get(cause));
    text(
        "found %d times, first by seed %d%n%s"
            .formatted(
                sighting.count(),
                sighting.firstSeed(),
                kept.map(found -> String.join("\n", found.session())).orElse("")));
    xml.writeEndElement();
    xml.writeEndElement();
  }

  private void lost(LostRange lost) throws XMLStreamException {
    testCase(
        lost.plugin(),
        "%s, %s: seeds %s come back"
            .formatted(lost.work().id(), lost.profile().id(), lost.seeds()));
    xml.writeStartElement("error");
    attribute("message", "given up at seed " + lost.seed());
    xml.writeEndElement();
    xml.writeEndElement();
  }

  private void testCase(String plugin, String name) throws XMLStreamException {
    xml.writeStartElement("testcase");
    attribute("classname", plugin);
    attribute("name", name);
  }

  private void attribute(String name, String value) throws XMLStreamException {
    xml.writeAttribute(name, value.replaceAll(UNWRITABLE, "?"));
  }

  private void text(String text) throws XMLStreamException {
    xml.writeCharacters(text.replaceAll(UNWRITABLE, "?"));
  }
}
