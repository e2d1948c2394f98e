package dev.nommu.cli.check;

import dev.nommu.cli.check.Checked.Result;
import dev.nommu.tck.Verdict;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** The format of reports by Ant's JUnit task, which CI systems read. */
final class JunitXml implements Report {
  /** The characters not allowed in XML 1.0. */
  private static final String UNWRITABLE =
      "[^\\t\\n\\r\\x{20}-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]";

  JunitXml() {}

  @Override
  public void write(String place, List<Checked> checked, Writer to) throws IOException {
    try {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(to);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeStartElement("testsuites");
      xml.writeAttribute("name", clean(place));
      for (Checked each : checked) {
        suite(each, xml);
      }
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.flush();
    } catch (XMLStreamException failure) {
      throw new IOException(failure.getMessage(), failure);
    }
  }

  private static void suite(Checked checked, XMLStreamWriter xml) throws XMLStreamException {
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", checked.type());
    xml.writeAttribute(
        "tests", String.valueOf(checked.results().size() + checked.failure().stream().count()));
    xml.writeAttribute("failures", String.valueOf(count(checked, Verdict.Broken.class)));
    xml.writeAttribute("skipped", String.valueOf(count(checked, Verdict.Skipped.class)));
    xml.writeAttribute("errors", checked.failure().isPresent() ? "1" : "0");
    xml.writeAttribute(
        "time", "%d.%03d".formatted(checked.took().toSeconds(), checked.took().toMillisPart()));
    for (Result result : checked.results()) {
      testCase(checked, result, xml);
    }
    if (checked.failure().isPresent()) {
      begin("all rules are tested", checked, xml);
      message("error", checked.failure().get(), checked.failure().get(), xml);
      xml.writeEndElement();
    }
    xml.writeStartElement("system-out");
    xml.writeCharacters(clean(String.join("\n", checked.notes())));
    xml.writeEndElement();
    xml.writeEndElement();
  }

  private static long count(Checked checked, Class<? extends Verdict> kind) {
    return checked.results().stream().filter(each -> kind.isInstance(each.verdict())).count();
  }

  private static void begin(String name, Checked checked, XMLStreamWriter xml)
      throws XMLStreamException {
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", checked.type());
    xml.writeAttribute("name", clean(name));
  }

  private static void testCase(Checked checked, Result result, XMLStreamWriter xml)
      throws XMLStreamException {
    begin(result.about() + ": " + result.name(), checked, xml);
    switch (result.verdict()) {
      case Verdict.Held held -> {}
      case Verdict.Skipped(String reason) -> message("skipped", reason, "", xml);
      case Verdict.Broken(String found, var _, var _) ->
          message("failure", found, result.text(), xml);
    }
    xml.writeEndElement();
  }

  private static void message(String element, String message, String text, XMLStreamWriter xml)
      throws XMLStreamException {
    xml.writeStartElement(element);
    xml.writeAttribute("message", clean(message));
    xml.writeCharacters(clean(text));
    xml.writeEndElement();
  }

  private static String clean(String text) {
    return text.replaceAll(UNWRITABLE, "?");
  }
}
