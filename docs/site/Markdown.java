import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.ext.heading.anchor.IdGenerator;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** A text in Markdown, whose headings have the anchors that GitHub gives them. */
final class Markdown {
  private static final List<Extension> EXTENSIONS =
      List.of(TablesExtension.create(), HeadingAnchorExtension.create());
  private static final Pattern RULE = Pattern.compile("[A-Z]+-\\d+[a-z]?");

  private final Node document;

  /** A link or an image. */
  record Reference(String target, Consumer<String> setter) {
    void replace(String other) {
      setter.accept(other);
    }
  }

  /** A heading that a list of contents shows. */
  record Section(String id, String title) {}

  private Markdown(Node document) {
    this.document = document;
  }

  /** Parses a text. */
  static Markdown parse(String text) {
    return new Markdown(Parser.builder().extensions(EXTENSIONS).build().parse(text));
  }

  /** Returns all links and images. */
  List<Reference> references() {
    List<Reference> references = new ArrayList<>();
    document.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Link link) {
            references.add(new Reference(link.getDestination(), link::setDestination));
            visitChildren(link);
          }

          @Override
          public void visit(Image image) {
            references.add(new Reference(image.getDestination(), image::setDestination));
            visitChildren(image);
          }
        });
    return references;
  }

  /** Returns the headings of the second level. */
  List<Section> sections() {
    List<Section> sections = new ArrayList<>();
    IdGenerator ids = IdGenerator.builder().build();
    for (Heading heading : headings()) {
      String id = ids.generateId(words(heading));
      if (heading.getLevel() == 2) {
        sections.add(new Section(id, words(heading)));
      }
    }
    return sections;
  }

  /** Returns it as HTML. A heading that is a rule's number has the number as an anchor as well. */
  String html() {
    for (Heading heading : headings()) {
      if (RULE.matcher(words(heading)).matches()) {
        HtmlInline anchor = new HtmlInline();
        anchor.setLiteral("<a id=\"%s\"></a>".formatted(words(heading)));
        heading.appendChild(anchor);
      }
    }
    return HtmlRenderer.builder()
        .extensions(EXTENSIONS)
        .build()
        .render(document)
        .replace("<table>", "<div class=\"wide\"><table>")
        .replace("</table>", "</table></div>");
  }

  private List<Heading> headings() {
    List<Heading> headings = new ArrayList<>();
    document.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Heading heading) {
            headings.add(heading);
          }
        });
    return headings;
  }

  private static String words(Node node) {
    StringBuilder words = new StringBuilder();
    node.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Text text) {
            words.append(text.getLiteral());
          }

          @Override
          public void visit(Code code) {
            words.append(code.getLiteral());
          }
        });
    return words.toString();
  }
}
