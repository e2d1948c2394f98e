package dev.nommu.architecture;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds broken links in a directory of HTML pages: links to a missing file, to a file outside the
 * directory, or to a missing anchor. Links to other hosts are not followed. {@code docs/site/build}
 * runs it, with the directory as the argument:
 *
 * <pre>java architecture/src/test/java/dev/nommu/architecture/SiteLinks.java target/site</pre>
 */
public final class SiteLinks {
  private static final Pattern SCRIPT = Pattern.compile("(?s)<script.*?</script>|<!--.*?-->");
  private static final Pattern LINK = Pattern.compile("\\s(?:href|src)=\"([^\"]*)\"");
  private static final Pattern ANCHOR = Pattern.compile("\\s(?:id|name)=\"([^\"]*)\"");
  private static final Pattern ELSEWHERE = Pattern.compile("[a-z]+:.*");

  private final Path site;
  private final Map<Path, Set<String>> anchors = new HashMap<>();

  private SiteLinks(Path site) {
    this.site = site;
  }

  /** Returns the broken links, one line each: the page, the link, and the missing target. */
  static List<String> broken(Path site) throws IOException {
    return new SiteLinks(site.toAbsolutePath().normalize()).broken();
  }

  private List<String> broken() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path page : pages()) {
      for (String link : found(LINK, page)) {
        String lack = lack(page, link);
        if (!lack.isEmpty()) {
          broken.add("%s: %s: %s".formatted(site.relativize(page), link, lack));
        }
      }
    }
    return broken;
  }

  private List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.walk(site)) {
      return files.filter(SiteLinks::isPage).sorted().toList();
    }
  }

  private static boolean isPage(Path file) {
    return file.toString().endsWith(".html");
  }

  /** Returns the missing target of a link; empty if it exists. */
  private String lack(Path page, String link) throws IOException {
    if (ELSEWHERE.matcher(link).matches()) {
      return "";
    }
    String[] parts = link.split("#", 2);
    String path = URLDecoder.decode(parts[0].replaceFirst("\\?.*", ""), StandardCharsets.UTF_8);
    Path target = path.isEmpty() ? page : page.resolveSibling(path).normalize();
    if (!target.startsWith(site)) {
      return "it leads out of the site";
    }
    if (!Files.isRegularFile(target)) {
      return "No such file";
    }
    String anchor = parts.length == 2 ? URLDecoder.decode(parts[1], StandardCharsets.UTF_8) : "";
    boolean there = anchor.isEmpty() || !isPage(target) || anchors(target).contains(anchor);
    return there ? "" : "the page has no such anchor";
  }

  private Set<String> anchors(Path page) throws IOException {
    Set<String> known = anchors.get(page);
    if (known == null) {
      known = new HashSet<>(found(ANCHOR, page));
      anchors.put(page, known);
    }
    return known;
  }

  private static List<String> found(Pattern pattern, Path page) throws IOException {
    Matcher matcher = pattern.matcher(SCRIPT.matcher(Files.readString(page)).replaceAll(""));
    return matcher.results().map(result -> unescaped(result.group(1))).toList();
  }

  private static String unescaped(String attribute) {
    return attribute
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&");
  }

  /** Checks the directory given as the argument, and exits with status 1 if a link is broken. */
  public static void main(String[] args) throws IOException {
    List<String> broken = broken(Path.of(args[0]));
    broken.forEach(System.err::println);
    if (!broken.isEmpty()) {
      System.err.println(broken.size() + " links lead nowhere");
      System.exit(1);
    }
  }
}
