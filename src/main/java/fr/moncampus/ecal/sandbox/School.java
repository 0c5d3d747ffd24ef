package fr.moncampus.ecal.sandbox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/** The people who have an account. */
public final class School {
    private final Map<String, Student> students = new LinkedHashMap<>();

    public synchronized Student enrol(String username, String password, List<Session> sessions) {
        Student student = new Student(username, password, sessions);
        students.put(username, student);
        return student;
    }

    public synchronized Student student(String username) {
        Student student = students.get(username);
        if (student == null) {
            throw new NoSuchElementException("no student " + username);
        }
        return student;
    }

    public synchronized List<Student> students() {
        return List.copyOf(students.values());
    }

    /** Null when nobody has exactly this name: case and spaces count. */
    synchronized Student known(String username) {
        return students.get(username);
    }
}
