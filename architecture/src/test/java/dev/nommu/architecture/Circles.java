package dev.nommu.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The circles of top-level classes: sets in which each class needs every other, directly or not
 * (strongly connected components, found by Kosaraju's algorithm).
 */
final class Circles {
  private final Map<String, Set<String>> needs = new TreeMap<>();
  private final Map<String, Set<String>> neededBy = new TreeMap<>();

  private Circles(JavaClasses classes) {
    for (JavaClass each : classes) {
      String name = topLevel(each);
      needs.computeIfAbsent(name, key -> new TreeSet<>());
      for (Dependency dependency : each.getDirectDependenciesFromSelf()) {
        add(name, topLevel(dependency.getTargetClass().getBaseComponentType()));
      }
    }
  }

  private static String topLevel(JavaClass aClass) {
    String name = aClass.getName();
    int nested = name.indexOf('$');
    return nested < 0 ? name : name.substring(0, nested);
  }

  private void add(String from, String to) {
    if (to.startsWith("dev.nommu.") && !to.equals(from)) {
      needs.computeIfAbsent(from, key -> new TreeSet<>()).add(to);
      neededBy.computeIfAbsent(to, key -> new TreeSet<>()).add(from);
    }
  }

  /** Returns the circles of two or more classes. */
  static List<Set<String>> of(JavaClasses classes) {
    return new Circles(classes).find();
  }

  private List<Set<String>> find() {
    Deque<String> last = new ArrayDeque<>();
    Set<String> seen = new HashSet<>();
    needs.keySet().forEach(each -> visit(each, needs, seen, last));
    List<Set<String>> circles = new ArrayList<>();
    Set<String> assigned = new HashSet<>();
    while (!last.isEmpty()) {
      Deque<String> circle = new ArrayDeque<>();
      visit(last.pop(), neededBy, assigned, circle);
      if (circle.size() > 1) {
        circles.add(new TreeSet<>(circle));
      }
    }
    return circles;
  }

  /** Pushes the reachable classes onto a stack, each class after all that it leads to. */
  private static void visit(
      String from, Map<String, Set<String>> edges, Set<String> seen, Deque<String> finished) {
    Map<String, Deque<String>> left = new HashMap<>();
    Deque<String> path = new ArrayDeque<>();
    if (seen.add(from)) {
      path.push(from);
    }
    while (!path.isEmpty()) {
      String here = path.peek();
      Deque<String> ahead =
          left.computeIfAbsent(here, key -> new ArrayDeque<>(edges.getOrDefault(key, Set.of())));
      if (ahead.isEmpty()) {
        finished.push(path.pop());
      } else if (seen.add(ahead.peek())) {
        path.push(ahead.pop());
      } else {
        ahead.pop();
      }
    }
  }
}
